BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/Emulator.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    Connect-Astro -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
    $all = @(Get-AstroDeployment)
}
AfterAll {
    Disconnect-Astro -All
    Stop-TestEmulator
}

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
        $failure = Get-Failure { Get-AstroDeployment nowhere }
        $failure.Id | Should -Be 'NoSuchDeployment'
        $failure.Target | Should -Be 'nowhere'
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
