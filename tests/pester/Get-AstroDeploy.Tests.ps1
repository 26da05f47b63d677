BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $dags = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'dags')
    Set-Content (Join-Path $dags 'dag.py') 'x = 1'
    $etl = ($astro.deployments | Where-Object name -EQ sales-etl).id
    Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    # What the emulator begins with.
    $former = @(Get-AstroDeploy sales-etl).Count
    1..3 | ForEach-Object { Publish-AstroDag $dags sales-etl -Description "number $_" -NoGit }
    $root = "organizations/{organizationId}/deployments/$etl/deploys"
    $begun = Invoke-AstroRequest $root -Method Post -Body @{ type = 'DAG_ONLY'; git = @{ provider = 'GITHUB'; account = 'acme'; repo = 'etl'; commitSha = 'a1b2c3d4e5f6'; branch = 'main' } }
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroDeploy' {
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
