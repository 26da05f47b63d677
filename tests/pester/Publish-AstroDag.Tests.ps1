BeforeAll {
    'Session', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-Astro
    $reporting = ($astro.deployments | Where-Object name -EQ reporting).id
    $dags = Join-Path $TestDrive 'dags'
    $null = New-Item -ItemType Directory -Path $dags

    function Set-Status([string] $Deployment, [string] $Status) {
        $body = if ($Status) { @{ status = $Status } } else { @{} }
        $null = Invoke-RestMethod "$($astro.Uri)/_emulator/deployments/$Deployment/status" -Method Post -Body (ConvertTo-Json $body) -ContentType application/json
    }
    function Get-Bundle { Invoke-RestMethod "$($astro.Uri)/_emulator/deployments/$reporting/bundle" }
    function Get-Held { @(Get-EmulatorFault | Where-Object held -GT 0).Count }
}
AfterAll { Stop-TestEmulator }

Describe 'Publish-AstroDag' {
    BeforeEach {
        Reset-Session
        Set-Status $reporting HEALTHY
        Get-ChildItem $dags -Force | Remove-Item -Recurse -Force
        Set-Content (Join-Path $dags 'dag.py') 'x = 1'
        Connect-As organizationOwner
        Set-AstroConnection -Workspace Analytics
        Clear-EmulatorRequest
    }

    It 'publishes a folder by a relative path, silently' {
        Push-Location $TestDrive
        try { Publish-AstroDag ./dags reporting | Should -BeNullOrEmpty } finally { Pop-Location }
        (Get-Bundle).entries.name | Should -Be 'dags/dag.py'
    }

    It 'gives the deploy with -PassThru and waits with -Wait until the deployment runs it' {
        Set-Status $reporting ''
        $null = Set-EmulatorSetting @{ advanceSecondsPerRequest = 60 }
        try {
            $deploy = Publish-AstroDag $dags -Deployment reporting -Description 'by hand' -Wait -PassThru
            $running = (Get-AstroDeployment -Id $reporting).DagTarballVersion
        }
        finally { $null = Set-EmulatorSetting @{ advanceSecondsPerRequest = 0 }; $null = Set-EmulatorClock -Reset }
        $deploy.GetType().Name | Should -Be 'AstroDeploy'
        $deploy.Status, $deploy.Description | Should -Be 'DEPLOYED', 'by hand'
        $running | Should -Be $deploy.DagTarballVersion
        ($deploy | Out-String -Width 80) -split '\r?\n' | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'takes deployments from the pipeline' {
        Get-AstroDeployment -Id $reporting | Publish-AstroDag $dags -PassThru | ForEach-Object DeploymentId | Should -Be $reporting
    }

    It 'lists with -DryRun what would go, and changes nothing' {
        Set-Content (Join-Path $dags '.env') 'SECRET=1'
        $null = New-Item -ItemType Directory (Join-Path $dags '__pycache__'), (Join-Path $dags 'lib')
        Set-Content (Join-Path $dags '__pycache__/dag.pyc'), (Join-Path $dags 'lib/a.py') 'y'
        $files = Publish-AstroDag $dags reporting -DryRun -WarningVariable warnings -WarningAction SilentlyContinue
        $files.Path | Should -Be 'dags/dag.py', 'dags/lib/a.py'
        $files[0].Length | Should -BeGreaterThan 4
        "$warnings" | Should -BeLike "*'.env'*-IncludeSensitive*"
        (Publish-AstroDag $dags reporting -DryRun -IncludeSensitive).Path | Should -Contain 'dags/.env'
        @(Get-SentRequest -AtLeast 1 | Where-Object method -NE GET) | Should -BeNullOrEmpty
    }

    It 'asks with -WhatIf and changes nothing' {
        Publish-AstroDag $dags reporting -WhatIf
        @(Get-SentRequest -AtLeast 1 | Where-Object method -NE GET) | Should -BeNullOrEmpty
    }

    It 'ends with a terminating error that says the step: <Id>' -ForEach @(
        @{ Id = 'FolderNotFound'; Step = 'Check'; Do = { Publish-AstroDag "$dags-nowhere" reporting } }
        @{ Id = 'NotAFolder'; Step = 'Check'; Do = { Publish-AstroDag (Join-Path $dags dag.py) reporting } }
        @{ Id = 'EmptyBundle'; Step = 'Check'; Do = { Remove-Item (Join-Path $dags dag.py); Publish-AstroDag $dags reporting } }
        @{ Id = 'DeploymentRequired'; Step = 'Check'; Do = { Publish-AstroDag $dags } }
        @{ Id = 'DeploymentNotFound'; Step = 'Check'; Do = { Publish-AstroDag $dags no-such } }
        @{ Id = 'WorkspaceMismatch'; Step = 'Check'; Do = { Publish-AstroDag $dags $reporting -Workspace 'Data Platform' } }
        @{ Id = 'DeploymentHibernating'; Step = 'Check'; Do = { Set-Status $reporting HIBERNATING; Publish-AstroDag $dags reporting } }
        @{ Id = 'UploadRefused'; Step = 'Upload'; Do = { $null = Add-EmulatorFault @{ method = 'PUT'; status = 403 }; Publish-AstroDag $dags reporting } }
    ) {
        $failure = Get-Failure $Do
        $failure.Id | Should -Be $Id
        $failure.Terminating | Should -BeTrue
        "$($failure.Target.Step)" | Should -Be $Step
        if ($Step -eq 'Upload') {
            $failure.Target.DeployStatus | Should -Be 'INITIALIZED'
            $failure.Message | Should -BeLike "*$($failure.Target.DeployId)*"
        } else { @(Get-SentRequest | Where-Object method -NE GET) | Should -BeNullOrEmpty }
    }

    It 'says in which workspace it looked for a name' {
        $elsewhere = ($astro.workspaces | Where-Object name -EQ 'Data Platform').id
        (Get-Failure { Publish-AstroDag $dags reporting -Workspace 'Data Platform' }).Message | Should -Match "no deployment 'reporting' in workspace $elsewhere that"
    }

    It 'removes every DAG only with -AllowEmpty' {
        Remove-Item (Join-Path $dags dag.py)
        Publish-AstroDag $dags reporting -AllowEmpty
        (Get-Bundle).entries | Should -BeNullOrEmpty
    }

    It 'shows no signature of an upload, whatever is asked for' {
        $null = Add-EmulatorFault @{ method = 'PUT'; status = 403 }
        $VerbosePreference = $DebugPreference = 'Continue'
        $all = & { try { Publish-AstroDag $dags reporting -PassThru } catch { $_; $_ | Format-List * -Force; $_.Exception.ToString() } } *>&1 | Out-String -Width 4000
        $all | Should -Match 'PUT http'
        $all | Should -Match 'UploadRefused'
        $all | Should -Not -Match 'sig=|[?]sv='
        $null = Add-EmulatorFault @{ method = 'PUT'; status = 500 }
        Publish-AstroDag $dags reporting -PassThru *>&1 | ForEach-Object { $_ | Format-List * -Force } | Out-String -Width 4000 | Should -Not -Match 'sig=|[?]sv='
    }

    It 'marks the error once for <Service>, shows no progress there, and makes the step fail' -ForEach @(
        @{ Service = 'Azure Pipelines'; Variable = 'TF_BUILD'; Mark = '##vso\[task\.logissue type=error\].*nowhere' }
        @{ Service = 'GitHub Actions'; Variable = 'GITHUB_ACTIONS'; Mark = '::error::.*nowhere' }
    ) {
        $environment = @{ ASTRO_API_TOKEN = $astro.tokens.organizationOwner.value; ASTRO_DOMAIN = $astro.domain; TF_BUILD = $null; GITHUB_ACTIONS = $null; CI = $null }
        $environment[$Variable] = 'true'
        $result = Invoke-ChildPwsh -Environment $environment -ArgumentList $dags, $reporting {
            $ErrorActionPreference = 'Stop'
            Import-Module AstroAuth
            Publish-AstroDag $args[0] $args[1]
            Publish-AstroDag "$($args[0])-nowhere" $args[1]
            'the step went on'
        }
        $result.ExitCode | Should -Be 1
        [regex]::Matches($result.StdOut, $Mark).Count | Should -Be 1
        $result.StdOut | Should -Not -Match 'went on|Uploading|Reading'
    }

    It 'killed at the <At>, it leaves what the next run tells of, and the former DAGs' -ForEach @(
        @{ At = 'upload'; Fault = @{ method = 'PUT'; hold = 'before' } }
        @{ At = 'finishing'; Fault = @{ method = 'POST'; path = '/finalize$'; hold = 'before' } }
    ) {
        Publish-AstroDag $dags reporting
        $before = (Get-Bundle).version
        Set-Content (Join-Path $dags 'dag.py') "x = '$At'"
        $null = Add-EmulatorFault $Fault
        $child = Start-ChildPwsh -Environment @{ ASTRO_API_TOKEN = $astro.tokens.organizationOwner.value; ASTRO_DOMAIN = $astro.domain } -ArgumentList $dags, $reporting {
            Import-Module AstroAuth
            Publish-AstroDag $args[0] $args[1]
        }
        while ((Get-Held) -eq 0 -and -not $child.Process.HasExited) { Start-Sleep -Milliseconds 20 }
        $child.Process.Kill()
        $null = Wait-ChildPwsh $child
        Clear-EmulatorFault
        (Get-Bundle).version | Should -Be $before
        $left = Get-AstroDeploy reporting -Status Initialized | Select-Object -First 1
        Get-ChildItem $dags, $TestDrive -Recurse -Filter '*.tar*' | Should -BeNullOrEmpty

        Publish-AstroDag $dags reporting -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*$($left.Id)*not finished*"
        (Get-Bundle).version | Should -Not -Be $before
        Publish-AstroDag $dags reporting -WarningVariable quiet
        $quiet | Should -BeNullOrEmpty
    }

    It 'publishes another bundle and takes it away' {
        $at = @{ Deployment = 'reporting'; BundleType = 'dbt'; MountPath = '/usr/local/airflow/dbt/shop' }
        (Publish-AstroDag $dags @at -PassThru).Type | Should -Be 'BUNDLE'
        { Publish-AstroDag -Remove @at } | Should -Not -Throw
        (Get-Failure { Invoke-RestMethod "$($astro.Uri)/_emulator/deployments/$reporting/bundle?mountPath=/usr/local/airflow/dbt/shop" -ErrorAction Stop }).Message | Should -Match '404|not found'
    }
}
