# Runs of DAGs, started and looked at.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro -As organizationOwner
    $sales = ($astro.deployments | Where-Object name -EQ sales-etl).id
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroDagRun' {
    It 'gives the runs of a DAG, the newest first' {
        $runs = Get-AstroDagRun daily_sales -Deployment sales-etl
        $runs.Count | Should -Be 14
        $runs.LogicalDate | Should -Be ($runs.LogicalDate | Sort-Object -Descending)
        ($runs | Where-Object State -EQ failed).Count | Should -Be 1
        $runs[0].Duration | Should -Be ($runs[0].EndedOn - $runs[0].StartedOn)
    }

    It 'gives those of all DAGs, by state' {
        $failed = Get-AstroDagRun -Deployment ingest-legacy -State failed
        $failed | Should -HaveCount 1
        $failed.DagId | Should -Be 'ingest_orders'
    }

    It 'gives one by its id, also from the pipeline, as it is now' {
        $run = Start-AstroDagRun customer_import -Deployment sales-etl -Conf @{ a = @{ b = 1 } }
        ($run | Get-AstroDagRun).State | Should -Be 'queued'
        $null = Set-EmulatorClock -AdvanceSeconds 6
        $again = Get-AstroDagRun customer_import $run.RunId -Deployment sales-etl
        $again.State | Should -Be 'running'
        $again.Conf.a.b | Should -Be 1
        $null = Set-EmulatorClock -AdvanceSeconds 20
        (Get-AstroDag customer_import -Deployment sales-etl | Get-AstroDagRun -State success).RunId | Should -Contain $run.RunId
    }

    It 'goes on to the second page where Airflow gives fewer at a time than are asked for' {
        $first = Invoke-AstroAirflowRequest dags/daily_sales/dagRuns -Deployment sales-etl -Query @{ limit = 5; order_by = '-run_after' }
        Add-EmulatorFault @{ path = 'dagRuns$'; status = 200; body = (ConvertTo-Json $first -Depth 5); headers = @{ 'Content-Type' = 'application/json' } }
        $first.dag_runs.Count | Should -Be 5
        $runs = Get-AstroDagRun daily_sales -Deployment sales-etl
        $runs.Count | Should -Be 14
        $runs.RunId | Select-Object -Unique | Should -HaveCount 14
        $runs.LogicalDate | Should -Be ($runs.LogicalDate | Sort-Object -Descending)
    }

    It 'fetches no more pages than are taken' {
        Clear-EmulatorRequest
        (Get-AstroDagRun daily_sales -Deployment $sales | Select-Object -First 1).Type | Should -Be 'scheduled'
        @(Get-SentRequest 2 'dagRuns' -WaitSec 1).Count | Should -Be 1
    }

    It 'says that a run is not there, and that a run needs its DAG' {
        (Get-Failure { Get-AstroDagRun daily_sales none -Deployment sales-etl }).Id | Should -Be 'AirflowNotFound'
        (Get-Failure { Get-AstroDagRun -RunId x -Deployment sales-etl }).Id | Should -Be 'DagIdRequired'
    }

    It 'fits its table into 80 columns' {
        $lines = (Get-AstroDagRun daily_sales -Deployment sales-etl | Format-Table | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$lines" | Should -Match 'DagId\s+State\s+Started\s+Took\s+RunId'
        "$lines" | Should -Match 'success \d{4}-\d\d-\d\d 05:00Z 00:0\d:\d\d'
    }
}

Describe 'Start-AstroDagRun' {
    BeforeAll { Reset-Emulator }

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
