BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data, $analytics = $astro.workspaces
    $sales = $astro.deployments[0]
    function Get-Change { @(Get-SentRequest | Where-Object method -NE GET) }
}
AfterAll { Stop-TestEmulator }

Describe 'Remove-AstroRole' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    }

    It 'removes roles from the pipeline' {
        'test a', 'test b' | ForEach-Object { $null = New-AstroRole $_ -LeastPrivilege DagDeploy }
        Get-AstroRole 'test *' | Remove-AstroRole -Confirm:$false
        Get-AstroRole 'test *' | Should -BeNullOrEmpty
        (Get-Failure { New-AstroApiToken x 'test a' -Deployment $sales.id }).Id | Should -Be 'InvalidRequest'
    }

    It 'passes on that Astro keeps a role that is held' {
        $failure = Get-Failure { Remove-AstroRole 'DAG Deployer' -Confirm:$false }
        $failure.Id | Should -Be 'InvalidRequest'
        $failure.Message | Should -BeLike '*still assigned*'
        (Get-AstroRole 'DAG Deployer').Kind | Should -Be 'Custom'
    }

    It 'refuses what is no custom role, and goes on' {
        $null = New-AstroRole last -LeastPrivilege DagDeploy
        $failure = Get-Failure { 'WORKSPACE_OWNER', 'nobody', 'last' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | Remove-AstroRole -Confirm:$false }
        $failure.Records | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Should -Be 'RoleNotCustom', 'RoleNotFound'
        Get-AstroRole 'las*' | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf, and asks High' {
        Remove-AstroRole 'Token Keeper' -WhatIf
        Get-Change | Should -BeNullOrEmpty
        $attribute = (Get-Command Remove-AstroRole).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
        "$($attribute.ConfirmImpact)" | Should -Be 'High'
    }
}
