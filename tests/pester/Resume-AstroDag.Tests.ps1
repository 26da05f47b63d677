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

Describe 'Resume-AstroDag' {
    BeforeEach { Set-EmulatorDag $sales customer_import @{ isPaused = $true } }

    It 'does it, silently, in both generations' {
        Resume-AstroDag customer_import -Deployment sales-etl | Should -BeNullOrEmpty
        (Get-AstroDag customer_import -Deployment sales-etl).IsPaused | Should -Be $false
        (Resume-AstroDag ingest_returns -Deployment ingest-legacy -PassThru).IsPaused | Should -Be $false
    }

    It 'takes DAGs from the pipeline and goes on after one that is not there' {
        $failure = Get-Failure { 'none', 'customer_import' | ForEach-Object { [pscustomobject]@{ DagId = $_; DeploymentId = $sales } } | Resume-AstroDag -PassThru }
        $failure.Id | Should -Be 'AirflowNotFound'
        $failure.Output.DagId | Should -Be 'customer_import'
        (Get-AstroDag -Deployment sales-etl -State Active).DagId | Should -Contain 'customer_import'
    }

    It 'does nothing with -WhatIf' {
        Resume-AstroDag customer_import -Deployment sales-etl -WhatIf
        (Get-AstroDag customer_import -Deployment sales-etl).IsPaused | Should -Be $true
    }

    It 'says that the role does not allow it' {
        Connect-Astro -Name member -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.workspaceMember.value)
        $failure = Get-Failure { Resume-AstroDag customer_import -Deployment sales-etl -Connection member }
        $failure.Id | Should -Be 'AirflowForbidden'
        $failure.Category | Should -Be 'PermissionDenied'
    }
}
