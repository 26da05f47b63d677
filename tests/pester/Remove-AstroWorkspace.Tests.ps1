BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data, $analytics = $astro.workspaces
    function Connect-As([string] $Token) { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Token.value) -SkipValidation }
}
AfterAll { Stop-TestEmulator }

Describe 'Remove-AstroWorkspace' {
    BeforeEach {
        Reset-Session
        Connect-As organizationOwner
    }

    It 'removes workspaces by name, id and from the pipeline, silently' {
        $made = 'a', 'b', 'c' | ForEach-Object { New-AstroWorkspace "gone $_" }
        Remove-AstroWorkspace 'gone a', $made[1].Id -Confirm:$false 2>&1 | Should -BeNullOrEmpty
        $made[2] | Remove-AstroWorkspace -Confirm:$false
        Get-AstroWorkspace gone* | Should -BeNullOrEmpty
    }

    It 'ends the API tokens of the workspace' {
        $made = New-AstroWorkspace doomed
        $token = New-AstroApiToken in-doomed WORKSPACE_MEMBER -Workspace $made
        Connect-Astro -ApiToken $token.Token -Name doomed -NoDefault
        Remove-AstroWorkspace doomed -Confirm:$false
        Test-AstroConnection doomed | Should -BeFalse
    }

    It 'keeps one that has deployments, and goes on with the others' {
        $made = New-AstroWorkspace empty
        $failure = Get-Failure { Remove-AstroWorkspace $data.id, 'no such', $made.Id -Confirm:$false }
        $failure.Records.ForEach({ ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be 'InvalidRequest', 'WorkspaceNotFound'
        $failure.Message | Should -BeLike '*still has Deployments*'
        (Get-AstroWorkspace).Name | Should -Be $data.name, $analytics.name
    }

    It 'asks first, as it cannot be undone' {
        (Get-Command Remove-AstroWorkspace).ImplementingType.GetCustomAttributes($true).ConfirmImpact | Should -Be 'High'
        Remove-AstroWorkspace $analytics.name -WhatIf
        (Get-AstroWorkspace).Id | Should -Contain $analytics.id
        Get-SentRequest | Where-Object method -EQ DELETE | Should -BeNullOrEmpty
    }

    It 'is refused without the right' {
        Connect-As workspaceOperator
        (Get-Failure { Remove-AstroWorkspace $data.id -Confirm:$false }).Id | Should -Be 'Forbidden'
    }
}
