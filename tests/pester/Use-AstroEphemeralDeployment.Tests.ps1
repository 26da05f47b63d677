BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro -As organizationOwner
    Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0 }
    Import-Module (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1') -Force
    $place = @{ Workspace = (Get-AstroDeployment)[0].WorkspaceId; CloudProvider = 'Aws'; Region = 'us-east-1' }
    $null = New-AstroDeployment base @place
    function Get-Left { @(Get-AstroDeployment base-*).Count }
}
AfterAll { Stop-TestEmulator }

Describe 'Use-AstroEphemeralDeployment' {
    It 'runs the block with a deployment that works, gives what it gives, and removes the deployment' {
        $seen = Use-AstroEphemeralDeployment { $_; (Get-AstroDeployment -Id $_.Id).Status } -From base
        $seen[0].Name | Should -BeLike 'base-*'
        $seen[0].ExpiresOn | Should -Not -BeNullOrEmpty
        $seen[1] | Should -Be 'HEALTHY'
        Get-Left | Should -Be 0
    }

    It 'sees the variables of the caller' {
        $mine = 42
        Use-AstroEphemeralDeployment { $mine } -From base | Should -Be 42
    }

    It 'removes the deployment when the block fails, and the failure reaches the caller' {
        { Use-AstroEphemeralDeployment { throw 'broken on purpose' } -From base } | Should -Throw 'broken on purpose'
        Get-Left | Should -Be 0
        $failure = Get-Failure { Use-AstroEphemeralDeployment { Write-Error 'said'; 'went on' } -From base }
        $failure.Message | Should -Be 'said'
        $failure.Output | Should -Be 'went on'
        Get-Left | Should -Be 0
    }

    It 'removes the deployment after Ctrl+C in the block' {
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault())
        try {
            $null = $shell.AddScript('param($path, $connection) Import-Module $path; Use-AstroEphemeralDeployment { Get-AstroDeployment -Id $_.Id -Connection $connection; while ($true) { } } -From base -Connection $connection').
                AddArgument((Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')).AddArgument((Get-AstroConnection default))
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            $deadline = [DateTime]::UtcNow.AddSeconds(30)
            while ($output.Count -eq 0 -and [DateTime]::UtcNow -lt $deadline) { $null = $running.AsyncWaitHandle.WaitOne(20) }
            $output.Count | Should -Be 1
            Get-Left | Should -Be 1
            $shell.Stop()
            Get-Left | Should -Be 0
        }
        finally { $shell.Dispose() }
    }

    It 'leaves to -Expired what a killed process left behind' {
        $child = Start-ChildPwsh -Environment @{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $astro.tokens.organizationOwner.value } {
            Use-AstroEphemeralDeployment { while ($true) { } } -From base -ExpiresIn 1:00:00
        }
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        while ((Get-Left) -eq 0 -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 20 }
        $child.Process.Kill()
        $null = Wait-ChildPwsh $child
        Get-Left | Should -Be 1
        Remove-AstroDeployment -Expired -Confirm:$false
        Get-Left | Should -Be 1
        Set-EmulatorClock -AdvanceSeconds 3700
        Remove-AstroDeployment -Expired -Confirm:$false
        Get-Left | Should -Be 0
        Set-EmulatorClock -Reset
    }

    It 'makes nothing with -WhatIf' {
        Clear-EmulatorRequest
        Use-AstroEphemeralDeployment { 'ran' } -From base -WhatIf | Should -BeNullOrEmpty
        @(Get-EmulatorRequest | Where-Object method -EQ 'POST').Count | Should -Be 0
    }

    It 'says which deployment could not be removed' {
        $null = Add-EmulatorFault @{ method = 'DELETE'; path = '/deployments/'; status = 500; count = 0 }
        $failure = Get-Failure { Use-AstroEphemeralDeployment { 'ran' } -From base }
        $failure.Id | Should -Be 'EphemeralNotRemoved'
        $failure.Output | Should -Be 'ran'
        Clear-EmulatorFault
        Get-AstroDeployment base-* | Remove-AstroDeployment -Confirm:$false
    }
}
