# Deployments that are made, sleep, wake and are removed.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro -As organizationOwner
    Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0 }
    $origin = (Get-AstroDeployment)[0]
    $place = @{ Workspace = $origin.WorkspaceId; CloudProvider = 'Aws'; Region = 'us-east-1' }
}
AfterAll { Stop-TestEmulator }

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

Describe 'Remove-AstroDeployment' {
    BeforeAll { Reset-Emulator }

    It 'removes the one that is named, or comes by the pipeline' {
        $null = New-AstroDeployment one @place
        $two = New-AstroDeployment two @place
        Remove-AstroDeployment one -Confirm:$false
        $two | Remove-AstroDeployment -Confirm:$false
        Get-AstroDeployment | Where-Object Name -In 'one', 'two' | Should -BeNullOrEmpty
    }

    It 'removes several, and one that is not there does not keep the others' {
        'three', 'four' | ForEach-Object { $null = New-AstroDeployment $_ @place }
        Remove-AstroDeployment three, nowhere, four -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        ($failures[0].FullyQualifiedErrorId -split ',')[0] | Should -Be 'DeploymentNotFound'
        Get-AstroDeployment | Where-Object Name -In 'three', 'four' | Should -BeNullOrEmpty
    }

    It 'asks before it removes, and removes nothing with -WhatIf' {
        (Get-Command Remove-AstroDeployment).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
        $three = New-AstroDeployment three @place
        Remove-AstroDeployment three -WhatIf
        (Get-AstroDeployment -Id $three.Id).Id | Should -Be $three.Id
    }

    It 'removes with -Expired only what is marked and past its time by Astro''s clock' {
        $long = New-AstroDeployment long @place -Ephemeral -ExpiresIn 8:00:00
        $short = New-AstroDeployment short @place -Ephemeral -ExpiresIn 1:00:00
        $plain = New-AstroDeployment plain @place -Description 'ephemeral until=2000-01-01T00:00:00Z, or so somebody wrote'
        $all = (Get-AstroDeployment).Count
        Remove-AstroDeployment -Expired -Confirm:$false
        (Get-AstroDeployment).Count | Should -Be $all

        # A user edits around the note; a change by the module keeps it.
        $null = Invoke-AstroRequest "organizations/{organizationId}/deployments" -All
        Set-AstroDeployment $short.Id -Description 'Somebody wrote this'
        (Get-AstroDeployment -Id $short.Id).ExpiresOn | Should -Be $short.ExpiresOn
        Set-EmulatorClock -AdvanceSeconds 7200
        try {
            Remove-AstroDeployment -Expired -Confirm:$false
            $left = Get-AstroDeployment
            $left.Count | Should -Be ($all - 1)
            $left.Id | Should -Not -Contain $short.Id
            $left.Id | Should -Contain $long.Id
            $left.Id | Should -Contain $plain.Id
        }
        finally { Set-EmulatorClock -Reset }
    }

    It 'says that a deployment is not there' {
        (Get-Failure { Remove-AstroDeployment nowhere -Confirm:$false }).Id | Should -Be 'DeploymentNotFound'
    }
}

Describe '<Cmdlet>' -ForEach @(
    @{ Cmdlet = 'Resume-AstroDeployment'; Status = 'HEALTHY'; Before = 'Suspend-AstroDeployment' }
    @{ Cmdlet = 'Suspend-AstroDeployment'; Status = 'HIBERNATING'; Before = 'Resume-AstroDeployment' }
) {
    BeforeAll {
        Reset-Emulator
        $null = New-AstroDeployment dev @place -DevelopmentMode
    }
    BeforeEach {
        & $Before dev
        Set-EmulatorSetting @{ deploySeconds = 30; advanceSecondsPerRequest = 20 }
    }
    AfterEach { Set-EmulatorSetting @{ deploySeconds = 0; advanceSecondsPerRequest = 0 } }

    It 'brings a development deployment to <Status> and waits for it' {
        (Get-AstroDeployment dev | & $Cmdlet -Wait -PollIntervalSec 1 -PassThru).Status | Should -Be $Status
    }

    It 'holds until the time that is given' {
        $until = [DateTimeOffset]::new(2030, 1, 2, 3, 4, 0, [TimeSpan]::Zero)
        (& $Cmdlet dev -Until $until -PassThru).HibernationOverrideUntil | Should -Be $until
    }

    It 'changes nothing with -WhatIf, and refuses a deployment for production' {
        Clear-EmulatorRequest
        & $Cmdlet dev -WhatIf
        (Get-Failure { & $Cmdlet (Get-AstroDeployment | Where-Object IsDevelopmentMode -EQ $false)[0].Id }).Id | Should -Be 'NotForDevelopment'
        @(Get-EmulatorRequest | Where-Object method -EQ 'POST').Count | Should -Be 0
    }
}
