BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $tokens = $astro.tokens
}
AfterAll { Stop-TestEmulator }

Describe 'Select-AstroConnection' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $tokens.organizationOwner.value) -Name one -SkipValidation
        Connect-Astro -ApiToken (ConvertTo-Secure $tokens.workspaceOwner.value) -Name two -SkipValidation
    }

    It 'makes another connection the default, silently' {
        Select-AstroConnection ONE 2>&1 | Should -BeNullOrEmpty
        (Get-AstroConnection -Default).Name | Should -Be 'one'
        (Get-AstroAccessToken).Connection | Should -Be 'one'
    }

    It 'gives it with -PassThru, and takes one from the pipeline' {
        (Get-AstroConnection one | Select-AstroConnection -PassThru).Name | Should -Be 'one'
    }

    It 'keeps the default when there is no connection of that name' {
        $failure = Get-Failure { Select-AstroConnection three }
        $failure.Id | Should -Be 'ConnectionNotFound'
        $failure.Message | Should -BeLike '*There are: one, two*'
        (Get-AstroConnection -Default).Name | Should -Be 'two'
    }

    It 'says what to do when there are none' {
        Disconnect-Astro -All
        (Get-Failure { Select-AstroConnection one }).Message | Should -BeLike '*There are none; use Connect-Astro*'
    }

    It 'sends no request' {
        Select-AstroConnection one
        Get-SentRequest | Should -BeNullOrEmpty
    }
}
