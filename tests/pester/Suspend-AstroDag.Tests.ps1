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

Describe 'Suspend-AstroDag' {
    BeforeEach { Set-EmulatorDag $sales customer_import @{ isPaused = $false } }

    It 'does it, silently, in both generations' {
        Suspend-AstroDag customer_import -Deployment sales-etl | Should -BeNullOrEmpty
        (Get-AstroDag customer_import -Deployment sales-etl).IsPaused | Should -Be $true
        (Suspend-AstroDag ingest_returns -Deployment ingest-legacy -PassThru).IsPaused | Should -Be $true
    }

    It 'takes DAGs from the pipeline and goes on after one that is not there' {
        $failure = Get-Failure { 'none', 'customer_import' | ForEach-Object { [pscustomobject]@{ DagId = $_; DeploymentId = $sales } } | Suspend-AstroDag -PassThru }
        $failure.Id | Should -Be 'AirflowNotFound'
        $failure.Output.DagId | Should -Be 'customer_import'
        (Get-AstroDag -Deployment sales-etl -State Paused).DagId | Should -Contain 'customer_import'
    }

    It 'does nothing with -WhatIf' {
        Suspend-AstroDag customer_import -Deployment sales-etl -WhatIf
        (Get-AstroDag customer_import -Deployment sales-etl).IsPaused | Should -Be $false
    }

    It 'says that the role does not allow it' {
        Connect-Astro -Name member -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.workspaceMember.value)
        $failure = Get-Failure { Suspend-AstroDag customer_import -Deployment sales-etl -Connection member }
        $failure.Id | Should -Be 'AirflowForbidden'
        $failure.Category | Should -Be 'PermissionDenied'
    }
}
