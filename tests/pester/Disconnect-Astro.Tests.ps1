BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    function Connect-Three {
        foreach ($name in 'one', 'two', 'three') { Connect-Astro -ApiToken $owner -Name $name -SkipValidation }
    }
}
AfterAll { Stop-TestEmulator }

Describe 'Disconnect-Astro' {
    BeforeEach {
        Reset-Session
        Connect-Three
    }

    It 'forgets the default connection, silently, and leaves no default' {
        Disconnect-Astro 2>&1 3>&1 | Should -BeNullOrEmpty
        (Get-AstroConnection).Name | Should -Be 'one', 'two'
        Get-AstroConnection -Default | Should -BeNullOrEmpty
        (Get-Failure { Get-AstroAccessToken }).Id | Should -Be 'NoCredential'
    }

    It 'forgets connections by name without regard to case' {
        Disconnect-Astro ONE, two
        (Get-AstroConnection).Name | Should -Be 'three'
        (Get-AstroConnection -Default).Name | Should -Be 'three'
    }

    It 'forgets connections from the pipeline' {
        Get-AstroConnection t* | Disconnect-Astro
        (Get-AstroConnection).Name | Should -Be 'one'
    }

    It 'forgets all of them with -All' {
        Disconnect-Astro -All
        Get-AstroConnection | Should -BeNullOrEmpty
    }

    It 'goes on after a name that is not there' {
        $failure = Get-Failure { Disconnect-Astro nope, two }
        $failure.Id | Should -Be 'ConnectionNotFound'
        $failure.Target | Should -Be 'nope'
        $failure.Message | Should -BeLike '*There are: one, three, two*'
        $failure.Terminating | Should -BeFalse
        (Get-AstroConnection).Name | Should -Be 'one', 'three'
    }

    It 'forgets nothing with -WhatIf' {
        Disconnect-Astro -All -WhatIf
        @(Get-AstroConnection).Count | Should -Be 3
    }

    It 'is content when there is nothing to forget' {
        Disconnect-Astro -All
        Disconnect-Astro 2>&1 | Should -BeNullOrEmpty
    }

    It 'sends no request' {
        Disconnect-Astro -All
        Get-SentRequest | Should -BeNullOrEmpty
    }
}
