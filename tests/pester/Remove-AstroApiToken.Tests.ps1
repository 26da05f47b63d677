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

Describe 'Remove-AstroApiToken' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    }

    It 'removes what comes along the pipeline; the values are dead' {
        $made = 1..3 | ForEach-Object { New-AstroApiToken "gone-$_" WORKSPACE_MEMBER -Workspace $data.id }
        Get-AstroApiToken 'gone-[12]' | Remove-AstroApiToken -Confirm:$false | Should -BeNullOrEmpty
        (Get-AstroApiToken 'gone-*').Name | Should -Be 'gone-3'
        $made | ForEach-Object { Test-EmulatorToken (ConvertTo-Plain $_.Token) } | Should -Be $false, $false, $true
    }

    It 'asks first, and that High' {
        $attribute = (Get-Command Remove-AstroApiToken).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
        "$($attribute.ConfirmImpact)" | Should -Be 'High'
    }

    It 'removes nothing with -WhatIf, and tells what it would' {
        $made = New-AstroApiToken looked-at WORKSPACE_MEMBER -Workspace $data.id
        Clear-EmulatorRequest
        Remove-AstroApiToken $made.Id -WhatIf
        Get-Change | Should -BeNullOrEmpty
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeTrue
    }

    It 'refuses the token of the connection, and removes it with -Force' {
        $own = New-AstroApiToken suicide ORGANIZATION_OWNER
        Connect-Astro -ApiToken $own.Token -SkipValidation
        Clear-EmulatorRequest
        $failure = Get-Failure { Remove-AstroApiToken $own.Id -Confirm:$false }
        $failure.Id | Should -Be 'OwnToken'
        $failure.Target | Should -Be $own.Id
        Get-SentRequest | Should -BeNullOrEmpty
        Remove-AstroApiToken $own.Id -Force -Confirm:$false
        Test-EmulatorToken (ConvertTo-Plain $own.Token) | Should -BeFalse
    }

    It 'counts a lost answer as done when the token is gone' {
        $made = New-AstroApiToken lost-answer WORKSPACE_MEMBER -Workspace $data.id
        $null = Add-EmulatorFault @{ method = 'DELETE'; path = '/tokens/'; cut = 'after' }
        (Get-Failure { Remove-AstroApiToken $made.Id -Confirm:$false }).Records | Should -BeNullOrEmpty
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeFalse
    }

    It 'goes on after one that fails' {
        $made = New-AstroApiToken after-failure WORKSPACE_MEMBER -Workspace $data.id
        $failure = Get-Failure { 'cnothing', $made.Id | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Remove-AstroApiToken -Confirm:$false }
        $failure.Id | Should -Be 'NotFound'
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeFalse
    }
}
