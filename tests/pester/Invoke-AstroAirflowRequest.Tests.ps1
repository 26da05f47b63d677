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

Describe 'Invoke-AstroAirflowRequest' {
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
