BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    function Connect-Sample([string] $Key) { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Key.value) -SkipValidation }
}
AfterAll { Stop-TestEmulator }

Describe 'Test-AstroConnection' {
    BeforeEach { Reset-Session }

    It 'is true for a connection that works' {
        Connect-Sample organizationOwner
        Test-AstroConnection | Should -BeExactly $true
    }

    It 'is false, without an error, for a token that is dead' {
        $dead = New-EmulatorToken @{ scope = 'WORKSPACE'; expiresInSeconds = 3600 }
        Connect-Astro -ApiToken (ConvertTo-Secure $dead.value) -SkipValidation
        Set-EmulatorClock -AdvanceSeconds 7200
        try { Test-AstroConnection 2>&1 | Should -BeExactly $false }
        finally { Set-EmulatorClock -Reset }
    }

    It 'is false, without an error, where nobody answers' {
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -Domain 'localhost:1' -SkipValidation -TimeoutSec 3
        Test-AstroConnection 2>&1 | Should -BeExactly $false
        $test = Test-AstroConnection -Detailed
        $test.Reachable | Should -BeFalse
        $test.ErrorId | Should -BeIn 'HostUnreachable', 'RequestTimeout'
        $test.Message | Should -Not -BeNullOrEmpty
        $test.LatencyMs | Should -BeNullOrEmpty
    }

    It 'tells who, what, where from and until when with -Detailed: <Key>' -ForEach @(
        @{ Key = 'organizationOwner'; Scope = 'ORGANIZATION'; Days = 49 }
        @{ Key = 'workspaceOwner'; Scope = 'WORKSPACE'; Days = 59 }
        @{ Key = 'deploymentAdmin'; Scope = 'DEPLOYMENT'; Days = 64 }
    ) {
        Connect-Sample $Key
        $test = Test-AstroConnection -Detailed
        $test.Success | Should -BeTrue
        $test.Reachable | Should -BeTrue
        $test.Who | Should -Be $astro.tokens.$Key.name
        $test.Kind | Should -Be 'ApiToken'
        $test.Source | Should -Be 'Parameter'
        $test.Scope | Should -Be $Scope
        $test.Domain | Should -Be $astro.domain
        $test.DaysLeft | Should -Be $Days
        $test.Organization.Name | Should -Be $astro.organization.name
        $test.LatencyMs | Should -BeGreaterOrEqual 0
        $test.ErrorId | Should -BeNullOrEmpty
    }

    It 'names the user of an access token' {
        Connect-Astro -AccessToken (ConvertTo-Secure $astro.users.owner.accessToken)
        (Test-AstroConnection -Detailed).Who | Should -Be $astro.users.owner.email
    }

    It 'gives the id of a token that may not read its own entry' {
        Connect-Sample workspaceMember
        $test = Test-AstroConnection -Detailed
        $test.Success | Should -BeTrue
        $test.Who | Should -BeIn $astro.tokens.workspaceMember.id, $astro.tokens.workspaceMember.name
    }

    It 'says why not with -Detailed' {
        $dead = New-EmulatorToken @{ scope = 'ORGANIZATION' }
        Connect-Astro -ApiToken (ConvertTo-Secure $dead.value) -SkipValidation -Name dead
        Connect-Sample organizationOwner
        Invoke-AstroRequest "organizations/{organizationId}/tokens/$($dead.id)" -Method Delete
        $test = Test-AstroConnection -Connection dead -Detailed
        $test.Success | Should -BeFalse
        $test.Reachable | Should -BeTrue
        $test.ErrorId | Should -Be 'Unauthorized'
        $test.Message | Should -BeLike "*'dead'*the API token was deleted*$($dead.id)*"
    }

    It 'tests what the environment holds when there is no connection' {
        $env:ASTRO_API_TOKEN = $astro.tokens.workspaceOwner.value
        $test = Test-AstroConnection -Detailed
        $test.Source | Should -Be 'Environment'
        $test.Success | Should -BeTrue
        Get-AstroConnection | Should -BeNullOrEmpty
    }

    It 'is an error when there is nothing to test' {
        (Get-Failure { Test-AstroConnection }).Id | Should -Be 'NoCredential'
    }
}
