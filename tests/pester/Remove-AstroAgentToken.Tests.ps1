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

Describe 'Remove-AstroAgentToken' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    }

    It 'removes tokens from the pipeline, with the deployment they bring along' {
        $made = 'a-1', 'a-2', 'b-1' | ForEach-Object { New-AstroAgentToken $_ -Deployment $sales.id }
        Get-AstroAgentToken 'a-*' -Deployment $sales.id | Remove-AstroAgentToken -Confirm:$false | Should -BeNullOrEmpty
        (Get-AstroAgentToken -Deployment $sales.id).Name | Should -Be 'b-1'
        $made | ForEach-Object { Test-EmulatorToken (ConvertTo-Plain $_.Token) } | Should -Be $false, $false, $true
        $made[2] | Remove-AstroAgentToken -Confirm:$false
        Get-AstroAgentToken -Deployment $sales.id | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf, and asks High' {
        $made = New-AstroAgentToken stays -Deployment $sales.id
        Remove-AstroAgentToken $made.Id -Deployment $sales.name -WhatIf
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeTrue
        $attribute = (Get-Command Remove-AstroAgentToken).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
        "$($attribute.ConfirmImpact)" | Should -Be 'High'
    }

    It 'knows no API tokens' {
        $failure = Get-Failure { Remove-AstroAgentToken $astro.tokens.deploymentAdmin.id -Deployment $sales.id -Confirm:$false }
        $failure.Id | Should -Be 'NotFound'
        Test-EmulatorToken $astro.tokens.deploymentAdmin.value | Should -BeTrue
    }
}
