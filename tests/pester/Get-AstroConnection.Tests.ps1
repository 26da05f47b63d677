BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
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
