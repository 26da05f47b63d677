BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1') -Force
    $astro = Start-Astro -As organizationOwner
    Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0 }
    $workspace = (Get-AstroDeployment)[0].WorkspaceId
    $canary = 'canary-5e0f-secret'
    $made = New-AstroDeployment whole -Workspace $workspace -CloudProvider Aws -Region us-east-1 -DevelopmentMode -ContactEmail a@example.com, b@example.com `
        -Variable @{ PLAIN = 'one'; HIDDEN = (ConvertTo-Secure $canary) } -Description 'All of it' `
        -WorkerQueue @{ Name = 'default'; AstroMachine = 'A10' }, @{ Name = 'heavy'; AstroMachine = 'A40'; MaxWorkerCount = 3; PodEphemeralStorage = '30Gi' } `
        -HibernationSchedule @{ HibernateAt = '0 18 * * 1-5'; WakeAt = '0 8 * * 1-5'; Description = 'nights' }

    # Everything of a deployment that is a setting, as comparable text.
    function Get-Whole($Id) {
        $d = Invoke-AstroRequest "organizations/{organizationId}/deployments/$Id"
        $d | Select-Object name, description, executor, schedulerSize, isHighAvailability, isDevelopmentMode, isCicdEnforced, isDagDeployEnabled,
            defaultTaskPodCpu, defaultTaskPodMemory, resourceQuotaCpu, resourceQuotaMemory, contactEmails, workerQueues, scalingSpec,
            @{ n = 'variables'; e = { $d.environmentVariables | Sort-Object key | Select-Object key, value, isSecret } } | ConvertTo-Json -Depth 10
    }
    function Get-StoredVariable($Id, $Key) { (Invoke-RestMethod "$($astro.Uri)/_emulator/deployments/$Id/variables" -NoProxy).$Key }
}
AfterAll { Stop-TestEmulator }

Describe 'Set-AstroDeployment' {
    It 'changes <Name> and keeps all else' -ForEach @(
        @{ Name = 'EnforceCiCd'; Change = @{ EnforceCiCd = $true }; Field = 'isCicdEnforced'; Value = 'true' }
        @{ Name = 'EnforceCiCd back'; Change = @{ EnforceCiCd = $false }; Field = 'isCicdEnforced'; Value = 'false' }
        @{ Name = 'Description'; Change = @{ Description = 'Another' }; Field = 'description'; Value = '"Another"' }
        @{ Name = 'ContactEmail'; Change = @{ ContactEmail = 'c@example.com' }; Field = 'contactEmails'; Value = 'c@example.com' }
        @{ Name = 'WorkerQueue'; Change = @{ WorkerQueue = @{ Name = 'heavy'; MaxWorkerCount = 7 } }; Field = 'maxWorkerCount'; Value = '7' }
        @{ Name = 'ResourceQuota'; Change = @{ ResourceQuotaCpu = '20'; ResourceQuotaMemory = '40Gi' }; Field = 'resourceQuota(Cpu|Memory)'; Value = '"(20|40Gi)"' }
        @{ Name = 'Variable'; Change = @{ Variable = @{ PLAIN = 'two' } }; Field = 'value'; Value = '"two"' }
    ) {
        $before = (Get-Whole $made.Id) -split '\r?\n'
        $secret = Get-StoredVariable $made.Id HIDDEN
        Set-AstroDeployment whole @Change | Should -BeNullOrEmpty
        $after = (Get-Whole $made.Id) -split '\r?\n'
        $changed = @($after | Where-Object { $_ -notin $before })
        $changed | Should -Not -BeNullOrEmpty
        $changed | Should -Match $Value
        $after.Count - $before.Count | Should -BeIn 0, -1, 1
        ($changed.Count -eq 1 -or $Name -eq 'ResourceQuota') | Should -BeTrue -Because "only $Field changes: $changed"
        Get-StoredVariable $made.Id HIDDEN | Should -BeExactly $secret
        $secret | Should -BeExactly $canary
    }

    It 'shows what would change with -WhatIf, no secret among it, and changes nothing' {
        Clear-EmulatorRequest
        $job = Invoke-ChildPwsh -Environment @{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $astro.tokens.organizationOwner.value; CI = $null } {
            Set-AstroDeployment whole -EnforceCiCd -Variable @{ HIDDEN = ('canary-other' | ConvertTo-SecureString -AsPlainText) } -WhatIf
        }
        $job.StdOut | Should -BeLike '*What if: Change deployment*isCicdEnforced: false -> true*environmentVariables`[HIDDEN`]: (secret) -> (secret)*'
        $job.StdOut | Should -Not -Match 'canary'
        @(Get-EmulatorRequest | Where-Object method -EQ 'POST').Count | Should -Be 0
        Get-StoredVariable $made.Id HIDDEN | Should -BeExactly $canary
    }

    It 'sends nothing when all is like that already' {
        Clear-EmulatorRequest
        $same = Set-AstroDeployment $made.Id -EnforceCiCd:$false -PassThru
        $same.Id | Should -Be $made.Id
        @(Get-EmulatorRequest | Where-Object method -EQ 'POST').Count | Should -Be 0
    }

    It 'notices that somebody else changed the deployment between the look and the write' {
        # Held right before the second look, while another credential changes the description.
        $other = Connect-Astro -Name other -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.workspaceOwner.value) -PassThru
        Select-AstroConnection default
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault())
        try {
            $null = Add-EmulatorFault @{ method = 'GET'; path = "/deployments/$($made.Id)$"; skip = 1; hold = 'before' }
            $null = $shell.AddScript('param($path, $connection, $id) Import-Module $path; Set-AstroDeployment -Deployment $id -SchedulerSize Small -Description mine -Connection $connection').
                AddArgument((Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')).AddArgument((Get-AstroConnection default)).AddArgument($made.Id)
            $running = $shell.BeginInvoke()
            Wait-EmulatorHold | Should -BeTrue
            Set-AstroDeployment $made.Id -Description theirs -Connection other
            Clear-EmulatorFault
            $shell.EndInvoke($running)
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'DeploymentChangedMeanwhile,*'
            (Get-AstroDeployment -Id $made.Id).Description | Should -Be 'theirs'
        }
        finally {
            Clear-EmulatorFault
            $shell.Dispose()
        }
    }

    It 'says <What> before it sends anything' -ForEach @(
        @{ What = 'that development mode cannot be turned on'; Change = @{ DevelopmentMode = $true }; Which = 'prod'; Text = '*when a deployment is made*' }
        @{ What = 'that the default queue stays'; Change = @{ RemoveWorkerQueue = 'default' }; Which = 'own'; Text = '*always a worker queue named default*' }
        @{ What = 'that memory is twice the CPU'; Change = @{ DefaultTaskPodCpu = '1'; DefaultTaskPodMemory = '1Gi' }; Which = 'own'; Text = '*2Gi for 1 vCPU*' }
        @{ What = 'that schedules need a small scheduler'; Change = @{ SchedulerSize = 'Large' }; Which = 'own'; Text = '*scheduler size SMALL*' }
        @{ What = 'that a standard deployment has no AU'; Change = @{ SchedulerAu = 10 }; Which = 'own'; Text = '*type HYBRID*' }
    ) {
        $id = if ($Which -eq 'own') { $made.Id } else { (Get-AstroDeployment | Where-Object { -not $_.IsDevelopmentMode })[0].Id }
        Clear-EmulatorRequest
        $failure = Get-Failure { Set-AstroDeployment $id @Change }
        $failure.Id | Should -Be 'InvalidDeployment'
        $failure.Message | Should -BeLike $Text
        @(Get-EmulatorRequest | Where-Object method -EQ 'POST').Count | Should -Be 0
    }

    It 'names the key of a hashtable that is not known' {
        $failure = Get-Failure { Set-AstroDeployment whole -WorkerQueue @{ Name = 'default'; MaxWorkers = 5 } }
        $failure.Id | Should -Be 'InvalidHashtable'
        $failure.Message | Should -BeLike '*MaxWorkers*MaxWorkerCount*'
    }

    It 'adds and removes queues and variables by name' {
        Set-AstroDeployment whole -WorkerQueue @{ Name = 'extra'; AstroMachine = 'A20' } -RemoveWorkerQueue heavy -Variable @{ NEW = 5; PLAIN = $null }
        $now = Get-AstroDeployment -Id $made.Id
        $now.WorkerQueues.Name | Sort-Object | Should -Be 'default', 'extra'
        $now.EnvironmentVariables.Key | Sort-Object | Should -Be 'HIDDEN', 'NEW'
        Get-StoredVariable $made.Id NEW | Should -Be '5'
    }

    It 'goes from workers to pods and back' {
        (Set-AstroDeployment whole -Executor Kubernetes -PassThru).WorkerQueues | Should -BeNullOrEmpty
        $back = Set-AstroDeployment whole -Executor Celery -PassThru
        $back.Executor | Should -Be 'CELERY'
        $back.WorkerQueues.Name | Should -Be 'default'
    }

    It 'takes deployments from the pipeline and waits until each rests' {
        Set-EmulatorSetting @{ deploySeconds = 30; advanceSecondsPerRequest = 10 }
        try {
            $changed = Get-AstroDeployment whole | Set-AstroDeployment -Description waited -Wait -PollIntervalSec 1 -PassThru
            $changed.Status | Should -Be 'HEALTHY'
            $changed.Description | Should -Be 'waited'
        }
        finally { Set-EmulatorSetting @{ deploySeconds = 0; advanceSecondsPerRequest = 0 } }
    }

    It 'ends the wait with the reason when the deployment is unhealthy' {
        $null = Invoke-RestMethod "$($astro.Uri)/_emulator/deployments/$($made.Id)/status" -Method Post -NoProxy -ContentType application/json -Body (@{ status = 'UNHEALTHY'; reason = 'No heartbeat' } | ConvertTo-Json)
        $failure = Get-Failure { Set-AstroDeployment whole -Description sick -Wait -PollIntervalSec 1 }
        $failure.Id | Should -Be 'DeploymentUnhealthy'
        $failure.Message | Should -BeLike '*No heartbeat*'
    }
}
