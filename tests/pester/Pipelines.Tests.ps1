# The scripts of the guides' pipelines, taken out of their YAML and run with the variables of the service set.

BeforeDiscovery {
    $guides = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/guides'

    # The steps of the pipelines of a page, in their order: the script and its env block, found by their indentation.
    function Get-PipelineStep([string] $Guide, [string] $Key) {
        $page = Get-Content (Join-Path $guides $Guide) -Raw
        foreach ($yaml in [regex]::Matches($page, '(?ms)^```yaml\n(.*?)^```').ForEach({ $_.Groups[1].Value })) {
            foreach ($step in [regex]::Matches($yaml, "(?m)^(?<indent> *)(?<dash>- )?(?<key>$Key): \|\n(?<script>(?:\k<indent>(?(dash) {3,}| {2,}).*\n|\n)+)(?<rest>(?:\k<indent> *.*\n)*)")) {
                $lines = $step.Groups['script'].Value -split "`n"
                $depth = ([regex]::Match($lines[0], '^ *').Value).Length
                $environment = @{}
                foreach ($entry in [regex]::Matches($step.Groups['rest'].Value, '(?m)^ +([A-Z_]+): (.+)$')) { $environment[$entry.Groups[1].Value] = $entry.Groups[2].Value }
                @{ Guide = $Guide; Script = ($lines | ForEach-Object { if ($_.Length -ge $depth) { $_.Substring($depth) } else { '' } }) -join "`n"; Map = $environment }
            }
        }
    }
    $azure = @(Get-PipelineStep 'azure-pipelines.md' 'pwsh' | Where-Object { $_.Script -notmatch '-Vault ' })
    $github = @(Get-PipelineStep 'github-actions.md' 'run')
}

BeforeAll {
    'Session', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-Astro
    Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0 }
    $token = $astro.tokens.workspaceOwner.value
    Connect-Astro -Domain $astro.domain -ApiToken (ConvertTo-Secure $token)
    $null = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'dags'), (Join-Path $TestDrive 'modules')
    Set-Content (Join-Path $TestDrive 'dags/guide.py') "from airflow import DAG`nwith DAG('guide'):`n    pass"
    $null = New-Item -ItemType SymbolicLink -Path (Join-Path $TestDrive 'modules/AstroAuth') -Target $env:ASTROAUTH_STAGED
    Set-AstroDeployment sales-etl -EnforceCiCd:$true

    function Invoke-Step([string] $Script, [hashtable] $Map, [hashtable] $Service) {
        # What the services put in place of an expression.
        $expressions = @{ '$(AstroApiToken)' = $token; '${{ secrets.ASTRO_API_TOKEN }}' = $token; '${{ github.event.number }}' = '7' }
        $environment = @{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $null; CI = $null; TF_BUILD = $null; GITHUB_ACTIONS = $null } + @{}
        foreach ($name in $Service.Keys) { $environment[$name] = $Service[$name] }
        foreach ($name in $Map.Keys) {
            $expressions.Keys | Should -Contain $Map[$name]
            $environment[$name] = $expressions[$Map[$name]]
        }
        # GitHub runs a step of pwsh with errors that stop.
        Invoke-ChildPwsh -WorkingDirectory $TestDrive -Environment $environment -Script ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'`n$Script"))
    }
}
AfterAll { Stop-TestEmulator }

Describe 'docs/guides/azure-pipelines.md' {
    It 'has a pipeline to deploy, one for previews and one to clean up' { $count | Should -BeGreaterOrEqual 3 } -TestCases @{ count = $azure.Count }

    It 'has a step that works: <Script>' -ForEach $azure {
        $job = Invoke-Step $Script $Map @{ TF_BUILD = 'True'; BUILD_SOURCEVERSIONMESSAGE = 'Say "hello" $(x)'; SYSTEM_PULLREQUEST_PULLREQUESTID = '6' }
        "$($job.StdErr)" | Should -BeNullOrEmpty
        $job.ExitCode | Should -Be 0
        $job.StdOut | Should -Not -Match ([regex]::Escape($token))
    }

    It 'left what it promises: a deploy with the commit''s words, and a small preview with the DAGs' {
        (Get-AstroDeploy -Deployment sales-etl)[0].Description | Should -BeExactly 'Say "hello" $(x)'
        $preview = Get-AstroDeployment pr-6
        $preview.SchedulerSize | Should -Be 'SMALL'
        $preview.ExpiresOn | Should -Not -BeNullOrEmpty
        $preview.DagTarballVersion | Should -Not -BeNullOrEmpty
    }

    It 'fails the step, and says it once to the service, when the token is wrong' {
        $step = @{ Script = "Import-Module ./modules/AstroAuth`nPublish-AstroDag ./nowhere -Deployment sales-etl"; Map = @{ ASTRO_API_TOKEN = '$(AstroApiToken)' } }
        $job = Invoke-Step $step.Script $step.Map @{ TF_BUILD = 'True' }
        $job.ExitCode | Should -Be 1
        [regex]::Matches($job.StdOut, '##vso\[task\.logissue type=error').Count | Should -Be 1
    }

    It 'says once to the service that rotations failed, with ErrorAction <_>' -ForEach 'Stop', 'Continue' {
        $job = Invoke-Step "Import-Module ./modules/AstroAuth`n`$ErrorActionPreference = '$_'`nInvoke-AstroApiTokenRotation -Name * -Vault nowhere -SecretName { `$_.Id } -Confirm:`$false" @{ ASTRO_API_TOKEN = '$(AstroApiToken)' } @{ TF_BUILD = 'True' }
        [regex]::Matches($job.StdOut, '##vso\[task\.logissue type=error').Count | Should -Be 1
        $job.ExitCode | Should -Be ($_ -eq 'Stop' ? 1 : 0)
    }
}

Describe 'docs/guides/github-actions.md' {
    It 'has workflows to deploy, for previews, to end them and to hand a token over' { $count | Should -BeGreaterOrEqual 4 } -TestCases @{ count = $github.Count }

    It 'has a step that works: <Script>' -ForEach $github {
        $file = Join-Path $TestDrive 'github-env'
        Set-Content $file -Value ''
        $job = Invoke-Step $Script $Map @{ GITHUB_ACTIONS = 'true'; GITHUB_ENV = $file }
        "$($job.StdErr)" | Should -BeNullOrEmpty
        $job.ExitCode | Should -Be 0
        $job.StdOut -replace '::add-mask::\S+' | Should -Not -Match ([regex]::Escape($token))
        if ($Script -match 'Export-') { Get-Content $file -Raw | Should -BeLike "*ASTRO_ACCESS_TOKEN=$token*" }
    }

    It 'left no preview behind' {
        Get-AstroDeployment pr-* | Where-Object Name -EQ 'pr-7' | Should -BeNullOrEmpty
    }
}
