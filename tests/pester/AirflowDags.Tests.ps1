# The DAGs of a deployment's Airflow, and requests of any kind to it.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro -As organizationOwner
    $sales = ($astro.deployments | Where-Object name -EQ sales-etl).id
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroDag' {
    It 'gives the DAGs of Airflow 3 and of Airflow 2 alike' {
        $three = Get-AstroDag -Deployment sales-etl
        $three.DagId | Should -Be 'customer_import', 'daily_sales', 'experiment_prices', 'monthly_close'
        $two = Get-AstroDag -Deployment ingest-legacy
        $two.DagId | Should -Contain 'ingest_orders'
        ($two + $three).DeploymentName | Select-Object -Unique | Should -Be 'ingest-legacy', 'sales-etl'
        ($two + $three | Where-Object DagId -In daily_sales, ingest_orders).Schedule | Select-Object -Unique | Should -Be '0 5 * * *'
    }

    It 'goes on to the second page where Airflow gives fewer at a time than are asked for' {
        $first = Invoke-AstroAirflowRequest dags -Deployment sales-etl -Query @{ limit = 1; order_by = 'dag_id' }
        Add-EmulatorFault @{ path = '/dags$'; status = 200; body = (ConvertTo-Json $first -Depth 5); headers = @{ 'Content-Type' = 'application/json' } }
        $first.dags.Count | Should -Be 1
        (Get-AstroDag -Deployment sales-etl).DagId | Should -Be 'customer_import', 'daily_sales', 'experiment_prices', 'monthly_close'
    }

    It 'finds by id, wildcard, tag and state' {
        (Get-AstroDag daily_sales, monthly_close -Deployment sales-etl).DagId | Should -Be 'daily_sales', 'monthly_close'
        (Get-AstroDag DAILY* -Deployment sales-etl).DagId | Should -Be 'daily_sales'
        (Get-AstroDag -Deployment sales-etl -Tag finance).DagId | Should -Be 'daily_sales', 'monthly_close'
        (Get-AstroDag -Deployment sales-etl -State Paused).DagId | Should -Be 'experiment_prices'
        (Get-AstroDag -Deployment sales-etl -State Active -Tag crm, daily).DagId | Should -Be 'customer_import', 'daily_sales'
        Get-AstroDag nothing* -Deployment sales-etl | Should -BeNullOrEmpty
    }

    It 'goes on after an id that is not there' {
        $failure = Get-Failure { Get-AstroDag none, daily_sales -Deployment sales-etl }
        $failure.Id | Should -Be 'AirflowNotFound'
        $failure.Output.DagId | Should -Be 'daily_sales'
    }

    It 'takes deployments from the pipeline and goes on after one that sleeps' {
        $failure = Get-Failure { Get-AstroDeployment sales-etl, sandbox, ingest-legacy | Sort-Object Name -Descending | Get-AstroDag *_s* }
        $failure.Id | Should -Be 'AirflowAsleep'
        $failure.Target | Should -Be 'sandbox'
        $failure.Terminating | Should -BeFalse
        $failure.Output.DagId | Should -Contain 'daily_sales'
    }

    It 'uses the deployment of the connection, and says when there is none' {
        (Get-Failure { Get-AstroDag }).Id | Should -Be 'AirflowDeploymentRequired'
        Connect-Astro -Name one -Domain $astro.domain -Deployment sales-etl -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
        (Get-AstroDag daily_sales -Connection one).DeploymentId | Should -Be $sales
    }

    It 'asks Astro once for the deployment of many piped objects' {
        $dags = Get-AstroDag -Deployment sales-etl
        Clear-EmulatorRequest
        ($dags | Get-AstroDag).DagId | Should -Be $dags.DagId
        @(Get-SentRequest 5 | Where-Object path -Match '/v1/').Count | Should -Be 1
    }

    It 'fits its table into 80 columns' {
        $lines = (Get-AstroDag -Deployment sales-etl | Format-Table | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$lines" | Should -Match 'DagId\s+Paused\s+Schedule\s+Tags\s+Deployment'
        "$lines" | Should -Match 'daily_sales\s+no\s+0 5 \* \* \*\s+finance, daily'
    }
}

Describe 'Invoke-AstroAirflowRequest' {
    BeforeAll { Reset-Emulator }

    It 'finds the base of each generation by itself' {
        (Invoke-AstroAirflowRequest version -Deployment sales-etl).version | Should -Match '^3\.'
        (Invoke-AstroAirflowRequest version -Deployment ingest-legacy).version | Should -Match '^2\.'
    }

    It 'gives every item of every page with -All' {
        $runs = Invoke-AstroAirflowRequest dags/daily_sales/dagRuns -Deployment sales-etl -Query @{ limit = 5; state = 'success', 'failed' } -All
        $runs.Count | Should -Be 14
        $runs.dag_run_id | Select-Object -Unique | Should -HaveCount 14
    }

    It 'changes things with a body, and not with -WhatIf' {
        Invoke-AstroAirflowRequest dags/daily_sales -Deployment sales-etl -Method Patch -Body @{ is_paused = $true } -WhatIf
        (Invoke-AstroAirflowRequest dags/daily_sales -Deployment sales-etl).is_paused | Should -BeFalse
        (Invoke-AstroAirflowRequest dags/daily_sales -Deployment sales-etl -Method Patch -Body '{"is_paused":true}').is_paused | Should -BeTrue
        $run = Invoke-AstroAirflowRequest dags/customer_import/dagRuns -Deployment sales-etl -Method Post -Body @{ logical_date = $null; dag_run_id = 'one' }
        $run.state | Should -Be 'queued'
        Invoke-AstroAirflowRequest dags/customer_import/dagRuns/one -Deployment sales-etl -Method Delete | Should -BeNullOrEmpty
        (Get-Failure { Invoke-AstroAirflowRequest dags/customer_import/dagRuns/one -Deployment sales-etl }).Id | Should -Be 'AirflowNotFound'
    }

    It 'says what Airflow does not like, with its fields' {
        $failure = Get-Failure { Invoke-AstroAirflowRequest dags/customer_import/dagRuns -Deployment sales-etl -Method Post -Body @{} }
        $failure.Id | Should -Be 'AirflowInvalidRequest'
        $failure.Exception.FieldErrors[0].Field | Should -Be 'logical_date'
    }

    It 'sends nothing to the Airflow of a deployment that sleeps' {
        Clear-EmulatorRequest
        (Get-Failure { Invoke-AstroAirflowRequest dags -Deployment sandbox }).Id | Should -Be 'AirflowAsleep'
        Get-SentRequest 0 '/airflow/' | Should -BeNullOrEmpty
    }

    It 'leaves the API by no path' {
        foreach ($path in '../../v1/organizations', 'https://evil.example/dags', 'dags?limit=1') {
            (Get-Failure { Invoke-AstroAirflowRequest $path -Deployment sales-etl }).Id | Should -Be 'AirflowPathInvalid'
        }
    }

    It 'takes deployments from the pipeline' {
        (Get-AstroDeployment sales-etl, ingest-legacy | Invoke-AstroAirflowRequest version).version | Should -HaveCount 2
    }
}

Describe '<Cmdlet>' -ForEach @(
    @{ Cmdlet = 'Resume-AstroDag'; Pauses = $false; State = 'Active' }
    @{ Cmdlet = 'Suspend-AstroDag'; Pauses = $true; State = 'Paused' }
) {
    BeforeAll { Reset-Emulator }
    BeforeEach { Set-EmulatorDag $sales customer_import @{ isPaused = -not $Pauses } }

    It 'does it, silently, in both generations' {
        & $Cmdlet customer_import -Deployment sales-etl | Should -BeNullOrEmpty
        (Get-AstroDag customer_import -Deployment sales-etl).IsPaused | Should -Be $Pauses
        (& $Cmdlet ingest_returns -Deployment ingest-legacy -PassThru).IsPaused | Should -Be $Pauses
    }

    It 'takes DAGs from the pipeline and goes on after one that is not there' {
        $failure = Get-Failure { 'none', 'customer_import' | ForEach-Object { [pscustomobject]@{ DagId = $_; DeploymentId = $sales } } | & $Cmdlet -PassThru }
        $failure.Id | Should -Be 'AirflowNotFound'
        $failure.Output.DagId | Should -Be 'customer_import'
        (Get-AstroDag -Deployment sales-etl -State $State).DagId | Should -Contain 'customer_import'
    }

    It 'does nothing with -WhatIf' {
        & $Cmdlet customer_import -Deployment sales-etl -WhatIf
        (Get-AstroDag customer_import -Deployment sales-etl).IsPaused | Should -Be (-not $Pauses)
    }

    It 'says that the role does not allow it' {
        Connect-As workspaceMember @{ Name = 'member'; NoDefault = $true }
        $failure = Get-Failure { & $Cmdlet customer_import -Deployment sales-etl -Connection member }
        $failure.Id | Should -Be 'AirflowForbidden'
        $failure.Category | Should -Be 'PermissionDenied'
    }
}
