# New-AstroApiToken when the answer to the creation is lost: never two tokens, and never one that nobody knows of.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
}
AfterAll { Stop-TestEmulator }

Describe 'a creation whose answer is lost' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken $owner -SkipValidation
    }

    It 'leaves exactly one token, the one that is given, after <Case>' -ForEach @(
        @{ Case = 'a connection cut after'; Fault = @{ cut = 'after' } }
        @{ Case = 'a connection cut before'; Fault = @{ cut = 'before' } }
        @{ Case = 'an answer that breaks off'; Fault = @{ truncate = $true } }
    ) {
        Add-EmulatorFault ($Fault + @{ method = 'POST'; path = '/tokens$' })
        $token = New-AstroApiToken "lost $Case" ORGANIZATION_MEMBER -Description 'mine'
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
        $left = @(Get-AstroApiToken "lost $Case")
        $left.Id | Should -Be $token.Id
        $left[0].Description | Should -Be 'mine'
    }

    It 'leaves none when the answers keep being lost, and the error says so' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens$'; cut = 'after'; count = 0 }
        $failure = Get-Failure { New-AstroApiToken 'always lost' ORGANIZATION_MEMBER }
        $failure.Id | Should -Be 'CreateReplyLost'
        $failure.Message | Should -BeLike '*removed again*'
        Get-AstroApiToken 'always*' | Should -BeNullOrEmpty
    }

    It 'names what it could not remove' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens$'; cut = 'after' }
        Add-EmulatorFault @{ method = 'DELETE'; status = 403; count = 0 }
        $failure = Get-Failure { New-AstroApiToken 'orphan' ORGANIZATION_MEMBER }
        $failure.Id | Should -Be 'CreateOrphaned'
        Clear-EmulatorFault
        $failure.Message | Should -BeLike "*$((Get-AstroApiToken orphan).Id)*"
    }

    It 'is CreateOutcomeUnknown when no answer came in time and nothing is to be seen' {
        Connect-Astro -ApiToken $owner -SkipValidation -TimeoutSec 1
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens$'; delayMs = 20000 }
        $failure = Get-Failure { New-AstroApiToken 'late' ORGANIZATION_MEMBER }
        $failure.Id | Should -Be 'CreateOutcomeUnknown'
        $failure.Message | Should -BeLike '*`[astroauth:creating *'
        Clear-EmulatorFault
        Get-AstroApiToken 'late*' | Should -BeNullOrEmpty
    }

    It 'still describes the token when only the description was hard to set' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens/c'; status = 503 }
        (New-AstroApiToken 'described' ORGANIZATION_MEMBER -Description 'mine').Description | Should -Be 'mine'
    }

    It 'keeps a token whose description could not be set, and warns' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens/c'; status = 400 }
        $token = New-AstroApiToken 'undescribed' ORGANIZATION_MEMBER -Description 'mine' -WarningVariable warnings -WarningAction SilentlyContinue
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
        "$warnings" | Should -BeLike '*works, but its description could not be set*'
    }
}
