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

Describe 'Get-AstroDag' {
    It 'gives the DAGs of Airflow 3 and of Airflow 2 alike' {
        $three = Get-AstroDag -Deployment sales-etl
        $three.DagId | Should -Be 'customer_import', 'daily_sales', 'experiment_prices', 'monthly_close'
        $two = Get-AstroDag -Deployment ingest-legacy
        $two.DagId | Should -Contain 'ingest_orders'
        ($two + $three).DeploymentName | Select-Object -Unique | Should -Be 'ingest-legacy', 'sales-etl'
        ($two + $three | Where-Object DagId -In daily_sales, ingest_orders).Schedule | Select-Object -Unique | Should -Be '0 5 * * *'
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
