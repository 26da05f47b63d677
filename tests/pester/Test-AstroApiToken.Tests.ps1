BeforeAll {
    'Session', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-Astro '--seed-tokens', '4500'
    # No file of the Astro CLI of whoever runs the tests.
    $env:ASTRO_HOME = Join-Path $TestDrive 'no-cli'
    Connect-As organizationOwner
    $everything = @(Test-AstroApiToken)
    $known = @(Get-AstroApiToken | Where-Object Name -NotLike 'load-*')
    $known | Out-Null
}
AfterAll {
    Stop-TestEmulator
    Remove-Item Env:ASTRO_HOME
}

Describe 'Test-AstroApiToken' {
    BeforeEach {
        Reset-Session organizationOwner
        Clear-EmulatorRequest
    }

    It 'finds in a grown organization what is wrong, and only that' {
        $found = @($everything | Where-Object Name -NotLike 'load-*' | ForEach-Object { "$($_.RuleId) $($_.Name)" })
        $found | Where-Object { $_ -like 'NeverExpires *' } | Should -Be ('bootstrap', 'terraform', 'azure-devops', 'old-jenkins', 'ingest-legacy-deploy' | ForEach-Object { "NeverExpires $_" })
        $found | Where-Object { $_ -like 'Expired *' } | Sort-Object | Should -Be ('audit-2023', 'quarterly-import', 'sandbox-trial', 'workshop' | ForEach-Object { "Expired $_" })
        $found | Where-Object { $_ -like 'ExpiresSoon *' } | Sort-Object | Should -Be ('airbyte', 'airflow-probe', 'dbt-cloud', 'nightly-backfill' | ForEach-Object { "ExpiresSoon $_" })
        $found | Where-Object { $_ -like 'CreatorLeft *' } | Sort-Object | Should -Be ('azure-devops', 'bootstrap', 'ingest-legacy-deploy', 'old-jenkins' | ForEach-Object { "CreatorLeft $_" })
        $found | Where-Object { $_ -like 'NeverUsed *' } | Should -Be 'NeverUsed never-used'
        $found | Where-Object { $_ -like 'Unused *' } | Sort-Object | Should -Be 'Unused bootstrap', 'Unused old-jenkins'
        $found | Where-Object { $_ -match ' (rotation-robot|github-actions|next-month|dashboards|token-keeper)$' } | Should -BeNullOrEmpty
    }

    It 'gives objects with token, rule, severity, message and remedy' {
        $finding = $everything | Where-Object { $_.Name -eq 'terraform' -and $_.RuleId -eq 'NeverExpires' }
        $finding | Should -BeOfType AstroAuth.AstroTokenFinding
        $finding.Token | Should -BeOfType AstroAuth.AstroApiToken
        $finding.Id | Should -Be $finding.Token.Id
        $finding.Severity | Should -Be Error
        $finding.Message | Should -Be 'It never expires; it was made 300 days ago.'
        $finding.Remedy | Should -Match "Invoke-AstroApiTokenRotation -Id $($finding.Id) "
    }

    It 'needs one request more than the list, and streams' {
        $first = Test-AstroApiToken -Rule NeverExpires, CreatorLeft | Select-Object -First 1
        $first.RuleId | Should -Be NeverExpires
        # One page is taken, one is ready, two are on their way, and there are the members.
        @(Get-SentRequest -AtLeast 6 -WaitSec 1).Count | Should -BeLessOrEqual 5 -Because 'the last page is not asked for'
        Clear-EmulatorRequest
        $null = Test-AstroApiToken
        $sent = Get-SentRequest -AtLeast 7
        @($sent | Where-Object path -Match '/tokens$').Count | Should -Be 5
        @($sent | Where-Object path -Match '/users$').Count | Should -Be 1
        @($sent | Where-Object path -NotMatch '/(tokens|users|deployments)$') | Should -BeNullOrEmpty
    }

    It 'takes tokens from the pipeline, asking for members once' {
        $tokens = @($known | Where-Object Name -In 'bootstrap', 'github-actions', 'azure-devops')
        $piped = @($tokens | Test-AstroApiToken)
        $piped.Name | Sort-Object -Unique | Should -Be 'azure-devops', 'bootstrap'
        (Get-SentRequest -AtLeast 1).path | Should -Match '/users$'
        (Get-SentRequest -AtLeast 1).Count | Should -Be 1
        @(Test-AstroApiToken -InputObject $tokens).Count | Should -Be $piped.Count
    }

    It 'takes ids by property name and goes on after one that is not there' {
        $failure = Get-Failure { 'cnosuchtokenxxxxxxxxxxxxx', $astro.tokens.expired.id | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Test-AstroApiToken }
        $failure.Id | Should -Be 'NotFound'
        $failure.Output.RuleId | Should -Be Expired
    }

    It 'runs the rules that are named, with wildcards, and not those left out' {
        $null = (Test-AstroApiToken -Rule expire* -AsSummary).Rules.RuleId | Should -Be ExpiresSoon, Expired
        (Test-AstroApiToken -ExcludeRule Broad*, CreatorLeft -AsSummary).Rules.RuleId | Should -Not -Contain BroadRole
        @(Get-SentRequest -AtLeast 6 | Where-Object path -Match '/(users|deployments)$') | Should -BeNullOrEmpty
    }

    It 'refuses a rule that is not there, before anything is sent' {
        foreach ($parameter in 'Rule', 'ExcludeRule') {
            $failure = Get-Failure ([scriptblock]::Create("Test-AstroApiToken -$parameter NeverExpired"))
            $failure.Id | Should -Be AuditRuleNotFound
            $failure.Target | Should -Be NeverExpired
            $failure.Message | Should -Match 'NeverExpires, ExpiresSoon'
            $failure.Terminating | Should -BeTrue
        }
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'completes rules with what they look for' {
        $line = 'Test-AstroApiToken -Rule Exp'
        $matches = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
        $matches.CompletionText | Should -Be ExpiresSoon, Expired
        $matches[0].ToolTip | Should -Be 'Warning: expires soon'
    }

    It 'takes limits as time spans and as days' {
        $narrow = 'airbyte', 'nightly-backfill', 'dbt-cloud'
        foreach ($limit in 5, '5', [byte]5, [uint64]5, 5.0, [timespan]'5.00:00') {
            $names = ($known | Test-AstroApiToken -Rule ExpiresSoon -ExpiringWithin $limit).Name | Sort-Object
            $names | Should -Be ($narrow | Sort-Object) -Because "$limit are five days"
        }
        { Test-AstroApiToken -UnusedFor -1 } | Should -Throw '*zero or more*'
    }

    It 'finds what each limit says: -<Limit> <Value>' -ForEach @(
        @{ Limit = 'UnusedFor'; Value = 300; Rule = 'Unused'; Found = 'bootstrap' }
        @{ Limit = 'NotRotatedFor'; Value = 700; Rule = 'NotRotated'; Found = 'bootstrap' }
        @{ Limit = 'NeverUsedFor'; Value = 151; Rule = 'NeverUsed'; Found = $null }
    ) {
        $limits = @{ $Limit = $Value }
        ($known | Test-AstroApiToken -Rule $Rule @limits).Name | Should -Be $Found
    }

    It 'finds what has a longer period than -MaximumPeriodInDays' {
        ($known | Test-AstroApiToken -Rule LongPeriod -MaximumPeriodInDays 364).Name | Should -Contain airbyte
        ($known | Test-AstroApiToken -Rule LongPeriod).Name | Should -Not -Contain airbyte
    }

    It 'gives the numbers with -AsSummary' {
        $summary = Test-AstroApiToken -AsSummary
        $summary | Should -BeOfType AstroAuth.AstroTokenAuditSummary
        $summary.Tokens | Should -Be ($known.Count + 4500)
        $summary.Errors + $summary.Warnings + $summary.Information | Should -Be $everything.Count
        ($summary.Rules | Where-Object RuleId -EQ Expired).Findings | Should -Be @($everything | Where-Object RuleId -EQ Expired).Count
    }

    It 'ends with one terminating error after all findings with -FailOn' {
        $failure = Get-Failure { $known | Test-AstroApiToken -Rule NeverExpires, Expired -FailOn Error }
        $failure.Id | Should -Be AuditFailed
        $failure.Category | Should -Be InvalidResult
        $failure.Terminating | Should -BeTrue
        $failure.Output.Count | Should -Be 9
        $failure.Message | Should -Be "The audit of $($known.Count) tokens found 5 errors and 4 warnings: NeverExpires 5, Expired 4. The findings say what to do."
        (Get-Failure { $known | Test-AstroApiToken -Rule Expired -FailOn Error }).Records | Should -BeNullOrEmpty
        (Get-Failure { $known | Test-AstroApiToken -Rule Expired -FailOn Warning }).Id | Should -Be AuditFailed
        (Get-Failure { $known | Test-AstroApiToken -Rule BroadRole -FailOn Warning }).Records | Should -BeNullOrEmpty
    }

    It 'ends a scheduled process with exit code 1, or 0 when all is well' {
        $environment = @{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $astro.tokens.organizationOwner.value; ASTRO_HOME = $env:ASTRO_HOME }
        $bad = Start-ChildPwsh -Environment $environment { $ErrorActionPreference = 'Stop'; Import-Module AstroAuth; Test-AstroApiToken -Scope Organization -Rule NeverExpires -FailOn Error }
        $good = Start-ChildPwsh -Environment $environment { $ErrorActionPreference = 'Stop'; Import-Module AstroAuth; Test-AstroApiToken -Scope Organization -Rule Unused -UnusedFor 9000 -FailOn Warning }
        (Wait-ChildPwsh $bad).ExitCode | Should -Be 1
        (Wait-ChildPwsh $good).ExitCode | Should -Be 0
    }

    It 'says once what it may not check, and gives no numbers of a list it could not read' {
        Add-EmulatorFault @{ path = '/users$'; status = 403; count = 0 }
        $unchecked = @(Test-AstroApiToken | Where-Object NotChecked)
        $unchecked.RuleId | Should -Be CreatorLeft
        $unchecked.Severity | Should -Be Information
        Clear-EmulatorFault
        Add-EmulatorFault @{ path = '/tokens$'; status = 403; count = 0 }
        $failure = Get-Failure { Test-AstroApiToken -AsSummary }
        $failure.Id | Should -Be Forbidden
        $failure.Output | Should -BeNullOrEmpty
    }

    It 'finds a legacy key and a token of the Astro CLI on this machine, and tells neither' {
        $env:ASTRONOMER_KEY_ID = 'key-id'
        $env:ASTRONOMER_KEY_SECRET = 'key-secret-canary'
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'cli/.astro')
        Set-Content (Join-Path $folder 'config.yaml') "contexts:`n  astronomer_io:`n    domain: astronomer.io`n    token: Bearer cli-token-canary"
        $former = $env:ASTRO_HOME
        try {
            $env:ASTRO_HOME = Split-Path $folder
            $findings = @($known[0] | Test-AstroApiToken -Rule LegacyKey, CliConfigToken)
        } finally { $env:ASTRO_HOME = $former }
        $findings.RuleId | Should -Be LegacyKey, CliConfigToken
        $findings | Where-Object Token | Should -BeNullOrEmpty
        $findings | Format-List * | Out-String -Width 300 | Should -Not -Match canary
        $findings[1].Message | Should -Match 'config.yaml holds a token in plain text for astronomer.io'
    }

    It 'shows a table that a person can read at 80 columns, and a list with the remedy' {
        $some = $everything | Where-Object Name -EQ bootstrap
        $table = $some | Out-String -Width 80
        $table | Should -Match '(?m)^Severity +RuleId +Token +Message'
        $table | Should -Match '(?m)^ *Error +NeverExpires +bootstrap +It never expires;'
        ($table -split "`n" | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
        $some[0] | Format-List | Out-String -Width 200 | Should -Match 'Remedy +: Replace it'
        Test-AstroApiToken -Scope Organization -AsSummary | Out-String -Width 80 | Should -Match '(?m)NeverExpires +Error +\d+'
    }
}
