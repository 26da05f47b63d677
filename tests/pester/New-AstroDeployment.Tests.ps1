BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/Emulator.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0 }
    Connect-Astro -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
    $origin = (Get-AstroDeployment)[0]
    $place = @{ Workspace = $origin.WorkspaceId; CloudProvider = 'Aws'; Region = 'us-east-1' }
}
AfterAll {
    Disconnect-Astro -All
    Stop-TestEmulator
}


Describe 'New-AstroDeployment' {
    It 'makes a deployment with the defaults that Astro offers' {
        $made = New-AstroDeployment plain @place
        $made.Type | Should -Be 'STANDARD'
        $made.Executor | Should -Be 'CELERY'
        $made.SchedulerSize | Should -Be 'SMALL'
        $made.IsDagDeployEnabled | Should -BeTrue
        $made.DefaultTaskPodCpu | Should -Not -BeNullOrEmpty
        $made.RuntimeVersion | Should -Be ((Invoke-AstroRequest 'organizations/{organizationId}/deployment-options').runtimeReleases[0].version)
        (Get-AstroDeployment plain).Id | Should -Be $made.Id
    }

    It 'makes a <_> deployment on a cluster that is named' -ForEach 'Dedicated', 'Hybrid' {
        $more = if ($_ -eq 'Hybrid') { @{ Executor = 'Kubernetes'; TaskPodNodePoolId = (Invoke-AstroRequest 'organizations/{organizationId}/clusters' -All | Where-Object name -EQ 'northwind-hybrid').nodePools[0].id } } else { @{} }
        $made = New-AstroDeployment "on-$_" -Type $_ -Cluster "northwind-$($_.ToLowerInvariant())" -Workspace $origin.WorkspaceId @more
        $made.Type | Should -Be $_.ToUpperInvariant()
        $made.ClusterName | Should -Be "northwind-$($_.ToLowerInvariant())"
    }

    It 'copies every setting of another but secrets, and lists those' {
        $source = New-AstroDeployment source @place -DevelopmentMode -ContactEmail a@example.com -Description 'The origin' -SchedulerSize Small `
            -Variable @{ PLAIN = 'one'; HIDDEN = (ConvertTo-Secure 'canary-x') } -WorkerQueue @{ Name = 'default' }, @{ Name = 'heavy'; AstroMachine = 'A40' } `
            -HibernationSchedule @{ HibernateAt = '0 18 * * *'; WakeAt = '0 8 * * *' }
        $copy = New-AstroDeployment copy -From source -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*secret variable HIDDEN*'
        foreach ($setting in 'Executor', 'SchedulerSize', 'IsDevelopmentMode', 'IsHighAvailability', 'Description', 'ContactEmails', 'RuntimeVersion', 'WorkspaceId', 'Region',
            'DefaultTaskPodCpu', 'ResourceQuotaMemory') { $copy.$setting | Should -Be $source.$setting -Because $setting }
        $copy.WorkerQueues.Name | Should -Be $source.WorkerQueues.Name
        $copy.WorkerQueues[1].AstroMachine | Should -Be 'A40'
        $copy.WorkerQueues.Id | Where-Object { $_ -in $source.WorkerQueues.Id } | Should -BeNullOrEmpty
        $copy.HibernationSchedules[0].HibernateAt | Should -Be '0 18 * * *'
        $copy.EnvironmentVariables.Key | Should -Be 'PLAIN'
    }

    It 'makes the smallest deployment that does the same for a while, and says until when' {
        $now = [DateTimeOffset](Get-EmulatorState).now
        $made = New-AstroDeployment pr-1 -Ephemeral -From $origin.Name -ExpiresIn 4:00:00 -WarningAction SilentlyContinue
        $made.IsDevelopmentMode | Should -BeTrue
        $made.IsHighAvailability | Should -BeFalse
        $made.SchedulerSize | Should -Be 'SMALL'
        $made.WorkerQueues.Count | Should -Be 1
        "$($made.WorkerQueues)" | Should -Be 'default (A5, 0-1)'
        [math]::Abs(($made.ExpiresOn - $now.AddHours(4)).TotalSeconds) | Should -BeLessThan 60
        $made.Description | Should -Match "by=$($astro.tokens.organizationOwner.id)"
    }

    It 'waits until it runs' {
        Set-EmulatorSetting @{ createSeconds = 60; deploySeconds = 30; advanceSecondsPerRequest = 40 }
        try { (New-AstroDeployment slow @place -Wait -PollIntervalSec 1).Status | Should -Be 'HEALTHY' }
        finally { Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0; advanceSecondsPerRequest = 0 } }
    }

    It 'refuses a name that is taken before it sends anything' {
        Clear-EmulatorRequest
        (Get-Failure { New-AstroDeployment plain @place }).Id | Should -Be 'DeploymentExists'
        @(Get-EmulatorRequest | Where-Object method -EQ 'POST').Count | Should -Be 0
    }

    It 'makes one and not two when the answer to the creation is <Fault>' -ForEach @(
        @{ Fault = 'lost'; Does = @{ cut = 'after' } }
        @{ Fault = 'cut in the middle'; Does = @{ truncate = $true } }
    ) {
        $null = Add-EmulatorFault (@{ method = 'POST'; path = '/deployments$' } + $Does)
        $made = New-AstroDeployment "once-$($Does.Keys)" @place
        @(Invoke-AstroRequest 'organizations/{organizationId}/deployments' -All | Where-Object name -EQ $made.Name).Count | Should -Be 1
        Clear-EmulatorFault
    }

    It 'says that it is not known when looking fails too' {
        $null = Add-EmulatorFault @{ method = 'POST'; path = '/deployments$'; cut = 'before' }
        $null = Add-EmulatorFault @{ method = 'GET'; path = '/deployments$'; skip = 2; status = 500; count = 0 }
        (Get-Failure { New-AstroDeployment unsure @place }).Id | Should -Be 'DeploymentOutcomeUnknown'
        Clear-EmulatorFault
    }

    It 'makes nothing with -WhatIf, nor of settings that cannot be' {
        Clear-EmulatorRequest
        New-AstroDeployment nothing @place -WhatIf
        (Get-Failure { New-AstroDeployment nothing @place -SchedulerAu 10 }).Message | Should -BeLike '*type HYBRID*'
        (Get-Failure { New-AstroDeployment nothing @place -Executor Kubernetes -WorkerQueue @{ Name = 'default' } }).Message | Should -BeLike '*no worker queues*'
        (Get-Failure { New-AstroDeployment nothing @place -HibernationSchedule @{ HibernateAt = '0 1 * * *'; WakeAt = '0 2 * * *' } }).Message | Should -BeLike '*development mode*'
        (Get-Failure { New-AstroDeployment nothing @place -Ephemeral -ExpiresIn 0 }).Id | Should -Be 'InvalidLifetime'
        @(Get-EmulatorRequest | Where-Object method -EQ 'POST').Count | Should -Be 0
    }
}
