# What a connection tells of itself, and whether it works.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $value = $astro.tokens.workspaceOwner.value
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroConnection' {
    BeforeEach {
        Reset-Session
        foreach ($name in 'prod', 'test 1', 'Dev') { Connect-Astro -ApiToken (ConvertTo-Secure $value) -Name $name -SkipValidation }
    }

    It 'gives all connections by name' {
        (Get-AstroConnection).Name | Should -Be 'Dev', 'prod', 'test 1'
    }

    It 'gives those of a name or pattern' {
        (Get-AstroConnection PROD).Name | Should -Be 'prod'
        (Get-AstroConnection *d*).Name | Should -Be 'Dev', 'prod'
        ('prod', 'Dev' | Get-AstroConnection).Name | Should -Be 'prod', 'Dev'
        Get-AstroConnection nothing* | Should -BeNullOrEmpty
    }

    It 'gives the default one' {
        (Get-AstroConnection -Default).Name | Should -Be 'Dev'
    }

    It 'goes on after a name that is not there, and says which there are' {
        $failure = Get-Failure { Get-AstroConnection nope, prod }
        $failure.Id | Should -Be 'ConnectionNotFound'
        $failure.Category | Should -Be 'ObjectNotFound'
        $failure.Terminating | Should -BeFalse
        $failure.Message | Should -BeLike '*Dev, prod, test 1*'
        $failure.Output.Name | Should -Be 'prod'
    }

    It 'sends no request' {
        $null = Get-AstroConnection
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'shows a table that a person can read' {
        $text = Get-AstroConnection | Out-String -Width 120
        $text | Should -Match '(?m)^Name +Kind +Source +Expires +Organization +Workspace'
        $text | Should -Match "(?m)^prod +ApiToken +Parameter +20\d\d-\d\d-\d\d +$($astro.organization.id.Substring(0, 12))"
    }

    It 'shows a list with the source and the places' {
        $text = Get-AstroConnection prod | Format-List | Out-String -Width 120
        $text | Should -Match '(?m)^SourceDetail +: -ApiToken'
        $text | Should -Match "(?m)^Workspace +: $($astro.workspaces[0].id)"
    }

    It 'holds no value in any form it can be written in' {
        $connection = Get-AstroConnection prod
        $forms = @(
            $connection | Format-List -Property * -Force | Out-String -Width 4096
            $connection | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue
            [Management.Automation.PSSerializer]::Serialize($connection, 6)
            "$connection"
        ) -join "`n"
        $forms | Should -Match 'prod'
        $forms | Should -Not -Match ([regex]::Escape($value))
        $forms | Should -Not -Match ([regex]::Escape($value.Split('.')[2]))
    }

    It 'cannot be changed' {
        { (Get-AstroConnection prod).Name = 'other' } | Should -Throw
        { (Get-AstroConnection prod).Workspace = $null } | Should -Throw
    }

    It 'completes names, and quotes those that need it' {
        $line = 'Get-AstroConnection '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Dev', 'prod', "'test 1'"
        foreach ($line in 'Get-AstroAccessToken -Connection P', 'Disconnect-Astro p', 'Select-AstroConnection p', 'Set-AstroConnection p') {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'prod'
        }
        (TabExpansion2 "Get-AstroConnection 'p").CompletionMatches.CompletionText | Should -Be "'prod'" -Because 'a quote that was opened stays'
        Get-SentRequest | Should -BeNullOrEmpty
    }
}

Describe 'Test-AstroConnection' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session }

    It 'is true for a connection that works' {
        Connect-As organizationOwner
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
        Connect-As $Key
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
        Connect-As workspaceMember
        $test = Test-AstroConnection -Detailed
        $test.Success | Should -BeTrue
        $test.Who | Should -BeIn $astro.tokens.workspaceMember.id, $astro.tokens.workspaceMember.name
    }

    It 'says why not with -Detailed' {
        $dead = New-EmulatorToken @{ scope = 'ORGANIZATION' }
        Connect-Astro -ApiToken (ConvertTo-Secure $dead.value) -SkipValidation -Name dead
        Connect-As organizationOwner
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
