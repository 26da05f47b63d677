# Deployments, and what Astro offers for them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro -As organizationOwner
    $all = @(Get-AstroDeployment)
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroDeployment' {
    It 'gives every deployment that Astro lists, with its state and places' {
        $listed = @(Invoke-AstroRequest 'organizations/{organizationId}/deployments' -All)
        $all.Count | Should -BeGreaterThan 1
        $all.Id | Should -Be $listed.id
        foreach ($i in 0..($all.Count - 1)) {
            $all[$i].Name | Should -Be $listed[$i].name
            $all[$i].Status | Should -Be $listed[$i].status
            $all[$i].WorkspaceId | Should -Be $listed[$i].workspaceId
            $all[$i].RuntimeVersion | Should -Be $listed[$i].astroRuntimeVersion
            $all[$i].IsCiCdEnforced | Should -Be $listed[$i].isCicdEnforced
            $all[$i].ApiUrl | Should -Be $listed[$i].apiUrl
            $all[$i].WorkerQueues.Name | Should -Be $listed[$i].workerQueues.name
        }
    }

    It 'shows where it runs, as whom it works, and who runs its tasks' {
        $cluster = Invoke-AstroRequest 'organizations/{organizationId}/clusters' -All | Where-Object name -EQ 'northwind-dedicated'
        $raw = Invoke-AstroRequest 'organizations/{organizationId}/deployments' -Method Post -Body @{
            name = 'remote'; type = 'DEDICATED'; workspaceId = $all[0].WorkspaceId; clusterId = $cluster.id; executor = 'ASTRO'
            workloadIdentity = 'arn:aws:iam::1:role/x'; drWorkloadIdentity = 'arn:aws:iam::2:role/x'
            remoteExecution = @{ enabled = $true; allowedIpAddressRanges = @('10.0.0.0/8'); taskLogBucket = 's3://logs'; taskLogUrlPattern = 'https://logs/{{ ti }}' }
        }
        try {
            $made = Get-AstroDeployment -Id $raw.id
            $made.RemoteExecution.IsEnabled | Should -BeTrue
            $made.RemoteExecution.RemoteApiUrl | Should -Be $raw.remoteExecution.remoteApiUrl
            $made.RemoteExecution.AllowedIpAddressRanges | Should -Be '10.0.0.0/8'
            $made.RemoteExecution.TaskLogBucket | Should -Be 's3://logs'
            $made.RemoteExecution.TaskLogUrlPattern | Should -Be 'https://logs/{{ ti }}'
            foreach ($pair in @{ Ours = $made.Site; Identity = $raw.effectiveWorkloadIdentity; Issuer = $raw.oidcIssuerUrl; Ips = $raw.externalIPs },
                @{ Ours = $made.RecoverySite; Identity = $raw.effectiveDRWorkloadIdentity; Issuer = $raw.drOidcIssuerUrl; Ips = $raw.drExternalIPs }) {
                $pair.Ours.WorkloadIdentity | Should -BeLike 'arn:aws:iam::?:role/x'
                $pair.Ours.WorkloadIdentity | Should -Be $pair.Identity
                $pair.Ours.OidcIssuerUrl | Should -BeLike 'https://*'
                $pair.Ours.OidcIssuerUrl | Should -Be $pair.Issuer
                $pair.Ours.ExternalIps | Should -Not -BeNullOrEmpty
                $pair.Ours.ExternalIps | Should -Be $pair.Ips
            }
            $made.Site.ExternalIps | Should -Not -Be $made.RecoverySite.ExternalIps
        } finally { Remove-AstroDeployment $raw.id -Confirm:$false }
    }

    It 'shows the sizes of its scheduler and web server, and which image it runs' {
        $raw = Invoke-AstroRequest "organizations/{organizationId}/deployments/$($all[0].Id)"
        $all[0].SchedulerCpu, $all[0].SchedulerMemory | Should -Be $raw.schedulerCpu, $raw.schedulerMemory
        $all[0].WebServer.Cpu, $all[0].WebServer.Memory, $all[0].WebServer.Replicas | Should -Be $raw.webServerCpu, $raw.webServerMemory, $raw.webServerReplicas
        $all[0].WebServer.IngressHostname | Should -Be $raw.webServerIngressHostname
        $all[0].ImageVersion | Should -Be $raw.imageVersion
        $all[0].SchedulerCpu, $all[0].WebServer.Cpu, $all[0].WebServer.Replicas, $all[0].ImageVersion | Should -Not -BeNullOrEmpty
        $all[0].RemoteExecution | Should -BeNullOrEmpty
        $all[0].RecoverySite | Should -BeNullOrEmpty
    }

    It 'says what comes next of its hibernation' {
        $sandbox = $all | Where-Object Name -EQ sandbox
        $sandbox.NextHibernationEvent.Type | Should -BeNullOrEmpty
        $sandbox.NextHibernationEvent.Reason | Should -Be 'Overridden'
        Set-AstroDeployment sandbox -HibernationSchedule @{ HibernateAt = '0 18 * * *'; WakeAt = '0 8 * * *' }
        $null = Invoke-AstroRequest "organizations/{organizationId}/deployments/$($sandbox.Id)/hibernation-override" -Method Delete
        $next = (Get-AstroDeployment -Id $sandbox.Id).NextHibernationEvent
        $raw = (Invoke-AstroRequest "organizations/{organizationId}/deployments/$($sandbox.Id)").scalingStatus.hibernationStatus
        $next.Type | Should -BeIn 'HIBERNATE', 'WAKE'
        $next.Type | Should -Be $raw.nextEventType
        $next.On | Should -Be ([DateTimeOffset]$raw.nextEventAt)
        ($all | Where-Object Name -EQ sales-etl).NextHibernationEvent | Should -BeNullOrEmpty
    }

    It 'gives one by its id, also from the pipeline' {
        (Get-AstroDeployment -Id $all[0].Id).Name | Should -Be $all[0].Name
        ($all[1] | Get-AstroDeployment).Id | Should -Be $all[1].Id
    }

    It 'finds names with wildcards and in any case' {
        $name = $all[0].Name
        (Get-AstroDeployment $name.ToUpperInvariant()).Name | Should -Contain $name
        (Get-AstroDeployment "$($name.Substring(0, 2))*").Name | Should -Contain $name
        Get-AstroDeployment 'nothing-like-this*' | Should -BeNullOrEmpty
    }

    It 'keeps to a workspace' {
        $workspace = $all[0].WorkspaceId
        $some = @(Get-AstroDeployment -Workspace $workspace)
        $some.Id | Should -Be @($all | Where-Object WorkspaceId -EQ $workspace).Id
    }

    It 'says that a name is not there' {
        $failure = Get-Failure { Get-AstroDeployment $all[0].Name, nowhere }
        $failure.Id | Should -Be 'NoSuchDeployment'
        $failure.Target | Should -Be 'nowhere'
        $failure.Output.Name | Should -Be $all[0].Name
    }

    It 'goes on after an id that is not there' {
        $missing = 'c' + '0' * 24
        $failure = Get-Failure { Get-AstroDeployment -Id $missing, $all[0].Id }
        $failure.Id | Should -Be 'NotFound'
        $failure.Output.Id | Should -Be $all[0].Id
    }

    It 'fits its table into 80 columns' {
        $lines = ($all | Format-Table | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$lines" | Should -Match 'Name\s+Status\s+Workspace\s+Runtime\s+Executor\s+CiCd'
    }
}

Describe 'Get-AstroDeploymentOption' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session organizationOwner }

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
        $text | Should -Match 'WorkerMachines\s+: A5: 1 vCPU, 2Gi, 5 tasks at a time'
        $text | Should -Match 'MaxWorkers\s+: \d+ to \d+, \d+ by default'
        ($text -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        (Get-AstroDeploymentOption).RuntimeReleases | Out-String -Width 80 | Should -Match 'Version\s+Airflow\s+Channel\s+Released'
    }
}
