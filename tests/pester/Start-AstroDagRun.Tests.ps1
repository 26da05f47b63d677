BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    Connect-Astro -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
    $sales = ($astro.deployments | Where-Object name -EQ sales-etl).id
}
AfterAll {
    Disconnect-Astro -All
    Stop-TestEmulator
}

Describe 'Start-AstroDagRun' {
    AfterEach {
        $null = Set-EmulatorSetting @{ advanceSecondsPerRequest = 0 }
        Clear-EmulatorFault
    }

    It 'queues a run with what was given' {
        $run = Start-AstroDagRun customer_import -Deployment sales-etl -RunId mine -Note 'by hand' -LogicalDate 2031-02-03T04:05:06Z -Conf '{"full":true}'
        $run.RunId, $run.State, $run.Note | Should -Be 'mine', 'queued', 'by hand'
        $run.LogicalDate | Should -Be ([DateTimeOffset]'2031-02-03T04:05:06Z')
        $run.Conf.full | Should -BeTrue
    }

    It 'waits and gives the run as it ended, in both generations' {
        $null = Set-EmulatorSetting @{ advanceSecondsPerRequest = 9 }
        foreach ($place in @{ Deployment = 'sales-etl'; DagId = 'customer_import' }, @{ Deployment = 'ingest-legacy'; DagId = 'ingest_returns' }) {
            $run = Start-AstroDagRun @place -Wait -PollIntervalSec 0
            $run.State | Should -Be 'success'
            $run.Duration.TotalSeconds | Should -Be 20
        }
    }

    It 'makes an error of a run that failed, and gives it besides' {
        Set-EmulatorDag $sales customer_import @{ outcome = 'failed' }
        $null = Set-EmulatorSetting @{ advanceSecondsPerRequest = 9 }
        $failure = Get-Failure { Start-AstroDagRun customer_import -Deployment sales-etl -Wait -PollIntervalSec 0 }
        $failure.Id | Should -Be 'DagRunFailed'
        $failure.Terminating | Should -BeFalse
        $failure.Output.State | Should -Be 'failed'
        $failure.Target | Should -Be $failure.Output.RunId
        Set-EmulatorDag $sales customer_import @{ outcome = 'success' }
    }

    It 'warns of a paused DAG, and does not wait for one' {
        $warning = $null
        (Start-AstroDagRun experiment_prices -Deployment sales-etl -WarningVariable warning -WarningAction SilentlyContinue).State | Should -Be 'queued'
        "$warning" | Should -Match 'experiment_prices.*paused'
        (Get-Failure { Start-AstroDagRun experiment_prices -Deployment sales-etl -Wait }).Id | Should -Be 'DagPaused'
        (Get-AstroDagRun experiment_prices -Deployment sales-etl) | Should -HaveCount 1
    }

    It 'starts once although an answer is lost' {
        $before = @(Get-AstroDagRun customer_import -Deployment sales-etl).Count
        $null = Add-EmulatorFault @{ method = 'POST'; path = 'dagRuns$'; cut = 'after' }
        (Start-AstroDagRun customer_import -Deployment sales-etl).State | Should -Be 'queued'
        @(Get-AstroDagRun customer_import -Deployment sales-etl).Count | Should -Be ($before + 1)
    }

    It 'starts nothing with -WhatIf' {
        $before = @(Get-AstroDagRun customer_import -Deployment sales-etl).Count
        Start-AstroDagRun customer_import -Deployment sales-etl -WhatIf | Should -BeNullOrEmpty
        @(Get-AstroDagRun customer_import -Deployment sales-etl).Count | Should -Be $before
    }

    It 'takes DAGs from the pipeline, and refuses a configuration that is no object' {
        (Get-AstroDag -Deployment sales-etl -State Active | Start-AstroDagRun).DagId | Should -Be 'customer_import', 'daily_sales', 'monthly_close'
        (Get-Failure { Start-AstroDagRun customer_import -Deployment sales-etl -Conf 1, 2 }).Id | Should -Be 'DagConfInvalid'
    }

    It 'is stopped at once while it waits' {
        $shell = [powershell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript({
                param($Module, $Domain, $Token)
                Import-Module $Module
                Connect-Astro -Domain $Domain -ApiToken $Token
                Start-AstroDagRun customer_import -Deployment sales-etl -Wait -PollIntervalSec 3600
            }).AddArgument((Get-Module AstroAuth).Path).AddArgument($astro.domain).AddArgument((ConvertTo-Secure $astro.tokens.organizationOwner.value))
            Clear-EmulatorRequest
            $running = $shell.BeginInvoke()
            @(Get-SentRequest 1 'dagRuns/').Count | Should -Be 1
            $stopped = $shell.BeginStop($null, $null)
            $stopped.AsyncWaitHandle.WaitOne(20000) | Should -BeTrue -Because 'the next look is an hour away'
            { $shell.EndInvoke($running) } | Should -Throw
        }
        finally { $shell.Dispose() }
    }
}
