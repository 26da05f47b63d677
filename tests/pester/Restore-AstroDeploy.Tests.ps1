BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $dags = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'dags')
    Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    $former = @(Get-AstroDeploy sales-etl).Count
    $good, $bad = 'good', 'bad' | ForEach-Object {
        Set-Content (Join-Path $dags 'dag.py') $_
        Publish-AstroDag $dags sales-etl -Description $_ -NoGit -PassThru
    }
}
AfterAll { Stop-TestEmulator }

Describe 'Restore-AstroDeploy' {
    It 'asks first, since it is of high impact' {
        $attribute = (Get-Command Restore-AstroDeploy).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
        "$($attribute.ConfirmImpact)" | Should -Be 'High'
        Restore-AstroDeploy $good.Id sales-etl -WhatIf
        @(Get-AstroDeploy sales-etl).Count | Should -Be ($former + 2)
    }

    It 'goes back to what an earlier deploy brought, and waits until it runs' {
        $null = Set-EmulatorSetting @{ advanceSecondsPerRequest = 60 }
        try { $back = Restore-AstroDeploy $good.Id sales-etl -Description 'bad was bad' -Wait -PassThru -Confirm:$false }
        finally { $null = Set-EmulatorSetting @{ advanceSecondsPerRequest = 0 } }
        $back.RollbackFromId, $back.Description | Should -Be $good.Id, 'bad was bad'
        (Get-AstroDeployment sales-etl).DagTarballVersion | Should -Be $good.DagTarballVersion
        @(Get-AstroDeploy sales-etl).Count | Should -Be ($former + 3)
    }

    It 'takes a deploy from the pipeline, and gives nothing without -PassThru' {
        Get-AstroDeploy sales-etl | Where-Object Description -EQ bad | Restore-AstroDeploy -Confirm:$false | Should -BeNullOrEmpty
        (Get-AstroDeploy sales-etl | Select-Object -First 1).RollbackFromId | Should -Be $bad.Id
    }

    It 'refuses one that was never deployed' {
        $begun = Invoke-AstroRequest "organizations/{organizationId}/deployments/$($good.DeploymentId)/deploys" -Method Post -Body @{ type = 'DAG_ONLY' }
        $failure = Get-Failure { Restore-AstroDeploy $begun.id sales-etl -Confirm:$false }
        $failure.Id | Should -Be 'NotDeployed'
        $failure.Target | Should -Be $begun.id
    }
}
