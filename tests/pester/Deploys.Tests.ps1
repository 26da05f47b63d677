# Deploys that were published: listed, described, brought back.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $dags = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'dags')
    Set-Content (Join-Path $dags 'dag.py') 'x = 1'
    Connect-As organizationOwner
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroDeploy' {
    BeforeAll {
        # What the emulator begins with.
        $former = @(Get-AstroDeploy sales-etl).Count
        1..3 | ForEach-Object { Publish-AstroDag $dags sales-etl -Description "number $_" -NoGit }
        $etl = ($astro.deployments | Where-Object name -EQ sales-etl).id
        $root = "organizations/{organizationId}/deployments/$etl/deploys"
        $begun = Invoke-AstroRequest $root -Method Post -Body @{ type = 'DAG_ONLY'; git = @{ provider = 'GITHUB'; account = 'acme'; repo = 'etl'; commitSha = 'a1b2c3d4e5f6'; branch = 'main' } }
    }

    It 'gives the history, the newest first, with who and when and what' {
        $deploys = @(Get-AstroDeploy sales-etl)
        $deploys.Count | Should -Be ($former + 4)
        $deploys[1..3].Description | Should -Be 'number 3', 'number 2', 'number 1'
        $deploys[1].Type, $deploys[1].Status, $deploys[1].DeploymentId | Should -Be 'DAG_ONLY', 'DEPLOYED', $etl
        "$($deploys[1].CreatedBy)" | Should -Not -BeNullOrEmpty
        $deploys[1].CreatedOn.Offset | Should -Be ([timespan]::Zero)
        $deploys[1].DagTarballVersion | Should -Match '^\d{4}-'
        "$($deploys[0].Git)" | Should -Be 'main a1b2c3d'
        $deploys[0].Git.Repo | Should -Be 'etl'
    }

    It 'gives some by their ids, and goes on after one that is not there' {
        $failure = Get-Failure { Get-AstroDeploy sales-etl -Id 'cnosuchdeployxxxxxxxxxxxx', $begun.id }
        $failure.Id | Should -Be 'NotFound'
        $failure.Terminating | Should -BeFalse
        $failure.Output.Id | Should -Be $begun.id
    }

    It 'gives those with a status or of a type' {
        @(Get-AstroDeploy sales-etl -Status Initialized).Id | Should -Be $begun.id
        @(Get-AstroDeploy sales-etl -Status Deployed).Count | Should -Be ($former + 3)
        Get-AstroDeploy sales-etl -Type Bundle | Should -BeNullOrEmpty
    }

    It 'takes the deployment of the connection, and deployments from the pipeline' {
        @(Get-AstroDeployment sales-etl | Get-AstroDeploy).Count | Should -Be ($former + 4)
        (Get-Failure { Get-AstroDeploy }).Id | Should -Be 'DeploymentRequired'
        Set-AstroConnection -Deployment sales-etl
        @(Get-AstroDeploy).Count | Should -Be ($former + 4)
    }

    It 'never holds the address of an upload' {
        $deploy = Get-AstroDeploy sales-etl -Id $begun.id
        ($deploy | Format-List * -Force | Out-String) + (ConvertTo-Json $deploy -Depth 5) | Should -Not -Match 'sig=|UploadUrl'
    }

    It 'fits into 80 columns' {
        $lines = Get-AstroDeploy sales-etl | Out-String -Width 80
        $lines | Should -Match 'INITIALIZED'
        $lines | Should -Match 'number 3'
        Get-AstroDeploy sales-etl -Id $begun.id | Format-List | Out-String | Should -Match 'main a1b2c3d of acme/etl'
    }
}

Describe 'Set-AstroDeploy' {
    BeforeAll {
        Reset-Emulator
        $deploy = Publish-AstroDag $dags sales-etl -Description 'first words' -NoGit -PassThru
    }

    It 'changes what a deploy is for, and nothing else' {
        Set-AstroDeploy $deploy.Id 'better words' -Deployment sales-etl | Should -BeNullOrEmpty
        $changed = Get-AstroDeploy sales-etl -Id $deploy.Id
        $changed.Description | Should -Be 'better words'
        $changed.DagTarballVersion, $changed.Status | Should -Be $deploy.DagTarballVersion, 'DEPLOYED'
    }

    It 'takes deploys from the pipeline and gives them with -PassThru' {
        (Get-AstroDeploy sales-etl | Select-Object -First 1 | Set-AstroDeploy -Description 'piped' -PassThru).Description | Should -Be 'piped'
    }

    It 'changes nothing with -WhatIf, and nothing when the text is too long' {
        Set-AstroDeploy $deploy.Id 'no' -Deployment sales-etl -WhatIf
        (Get-Failure { Set-AstroDeploy $deploy.Id ('x' * 501) -Deployment sales-etl }).Id | Should -Be 'InvalidDeployDescription'
        (Get-AstroDeploy sales-etl -Id $deploy.Id).Description | Should -Be 'piped'
    }

    It 'says so when there is no such deploy' {
        (Get-Failure { Set-AstroDeploy cnosuchdeployxxxxxxxxxxxx 'x' -Deployment sales-etl }).Id | Should -Be 'NotFound'
    }
}

Describe 'Restore-AstroDeploy' {
    BeforeAll {
        Reset-Emulator
        $former = @(Get-AstroDeploy sales-etl).Count
        $good, $bad = 'good', 'bad' | ForEach-Object {
            Set-Content (Join-Path $dags 'dag.py') $_
            Publish-AstroDag $dags sales-etl -Description $_ -NoGit -PassThru
        }
    }

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
