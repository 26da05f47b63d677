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

    It 'fetches no more pages than are taken' {
        Clear-EmulatorRequest
        (Get-AstroDagRun daily_sales -Deployment $sales | Select-Object -First 1).Type | Should -Be 'scheduled'
        @(Get-SentRequest 2 'dagRuns').Count | Should -Be 1
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
