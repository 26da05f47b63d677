BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data, $analytics = $astro.workspaces
    function Connect-As([string] $Token) { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Token.value) -SkipValidation }
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroDeploymentOption' {
    BeforeEach {
        Reset-Session
        Connect-As organizationOwner
    }

    It 'gives versions, machines and limits as Astro lists them' {
        $option = Get-AstroDeploymentOption
        $listed = Invoke-AstroRequest 'organizations/{organizationId}/deployment-options'
        $option.Executors | Should -Be $listed.executors
        $option.RuntimeReleases.Version | Should -Be $listed.runtimeReleases.version
        $option.RuntimeReleases[0].AirflowVersion | Should -Be $listed.runtimeReleases[0].airflowVersion
        $option.SchedulerMachines.Name | Should -Be $listed.schedulerMachines.name
        $option.WorkerMachines.Memory | Should -Be $listed.workerMachines.spec.memory
        "$($option.WorkerMachines[0].Concurrency.Ceiling)" | Should -Be "$($listed.workerMachines[0].concurrency.ceiling)"
        $option.MaxWorkers.Default | Should -Be "$($listed.workerQueues.maxWorkers.default)"
        $option.DefaultTaskPodMemory.Floor | Should -Be $listed.resourceQuotas.defaultPodSize.memory.floor
        $option.ResourceQuotaCpu.Ceiling | Should -Be $listed.resourceQuotas.resourceQuota.cpu.ceiling
    }

    It 'asks for a type, an executor and a cloud in Astro''s words' {
        (Get-AstroDeploymentOption -Type Hybrid).Executors | Should -Not -Contain 'ASTRO'
        Get-AstroDeploymentOption -Type Standard -Executor Celery -CloudProvider Aws | Should -Not -BeNullOrEmpty
        (Get-SentRequest -AtLeast 3 -Path deployment-options)[-1].query | Should -Be '?deploymentType=STANDARD&executor=CELERY&cloudProvider=AWS'
    }

    It 'says what a deployment can become, by name and from the pipeline' {
        $deployment = $astro.deployments[0]
        $named = Get-AstroDeploymentOption $deployment.name
        (Get-AstroDeployment -Id $deployment.id | Get-AstroDeploymentOption).RuntimeReleases.Version | Should -Be $named.RuntimeReleases.Version
        (Get-SentRequest -AtLeast 2 -Path deployment-options).query | Sort-Object -Unique | Should -Be "?deploymentId=$($deployment.id)"
        (Get-Failure { Get-AstroDeploymentOption nowhere }).Id | Should -Be 'DeploymentNotFound'
    }

    It 'shows it so that one can read it' {
        $text = Get-AstroDeploymentOption | Out-String -Width 80
        $text | Should -Match 'WorkerMachines\s+: A5: 1 CPU, 2Gi, 5 tasks at a time'
        $text | Should -Match 'MaxWorkers\s+: \d+ to \d+, \d+ by default'
        ($text -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        (Get-AstroDeploymentOption).RuntimeReleases | Out-String -Width 80 | Should -Match 'Version\s+Airflow\s+Channel\s+Released'
    }
}
