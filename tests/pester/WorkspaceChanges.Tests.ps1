# Workspaces that are made, changed and removed.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/Places.ps1') }
AfterAll { Stop-TestEmulator }

Describe 'New-AstroWorkspace' {
    BeforeEach { Reset-Session organizationOwner }

    It 'makes a workspace and gives it' {
        $made = New-AstroWorkspace Sales -Description 'For the shop' -EnforceCiCd -DefaultCloudProvider Aws -DefaultRegion eu-central-1
        $there = Invoke-AstroRequest "organizations/{organizationId}/workspaces/$($made.Id)"
        $there.name | Should -Be 'Sales'
        $there.description | Should -Be 'For the shop'
        $there.cicdEnforcedDefault | Should -BeTrue
        $there.defaultCloudProvider | Should -Be 'AWS'
        $made.DefaultRegion | Should -Be 'eu-central-1'
        $made.OrganizationName | Should -Be $astro.organization.name
    }

    It 'finds the default cluster by its name' {
        $cluster = @(Invoke-AstroRequest 'organizations/{organizationId}/clusters' -All)[0]
        (New-AstroWorkspace clustered -DefaultCluster $cluster.name).DefaultClusterId | Should -Be $cluster.id
        (Get-Failure { New-AstroWorkspace lost -DefaultCluster nowhere }).Id | Should -Be 'ClusterNotFound'
    }

    It 'makes many from the pipeline, and one that fails does not stop the others' {
        Add-EmulatorFault @{ method = 'POST'; path = '/workspaces$'; status = 400; count = 1 }
        $failure = Get-Failure { 'one', 'two' | ForEach-Object { [pscustomobject]@{ Name = $_; Description = "about $_" } } | New-AstroWorkspace }
        $failure.Id | Should -Be 'InvalidRequest'
        $failure.Output.Description | Should -Be 'about two'
    }

    It 'says before any request that <Why>' -TestCases @(
        @{ Why = 'a cloud needs a region'; Settings = @{ DefaultCloudProvider = 'Gcp' }; Id = 'WorkspaceDefaultsConflict' }
        @{ Why = 'a region needs a cloud'; Settings = @{ DefaultRegion = 'x' }; Id = 'WorkspaceDefaultsConflict' }
        @{ Why = 'a cluster says both'; Settings = @{ DefaultCluster = 'a'; DefaultCloudProvider = 'Gcp'; DefaultRegion = 'x' }; Id = 'WorkspaceDefaultsConflict' }
        @{ Why = 'spaces are no name'; Settings = @{ Name = '  ' }; Id = 'InvalidWorkspaceName' }
    ) {
        if (-not $Settings.Name) { $Settings.Name = 'never' }
        (Get-Failure { New-AstroWorkspace @Settings }).Id | Should -Be $Id
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'makes nothing with -WhatIf, nor without the right' {
        New-AstroWorkspace never -WhatIf | Should -BeNullOrEmpty
        Get-SentRequest | Should -BeNullOrEmpty
        Connect-As workspaceOwner
        (Get-Failure { New-AstroWorkspace never }).Id | Should -Be 'Forbidden'
        Connect-As organizationOwner
        Get-AstroWorkspace never* | Should -BeNullOrEmpty
    }
}

Describe 'Set-AstroWorkspace' {
    BeforeAll { Reset-Emulator }
    BeforeEach {
        Reset-Session organizationOwner
        $made = New-AstroWorkspace 'Set me' -Description 'as it was' -EnforceCiCd -DefaultCloudProvider Azure -DefaultRegion westus2
        function Get-Raw { Invoke-AstroRequest "organizations/{organizationId}/workspaces/$($made.Id)" }
        Clear-EmulatorRequest
    }
    AfterEach { $made | Remove-AstroWorkspace -Confirm:$false }

    It 'changes <Field> and nothing else, silently' -TestCases @(
        @{ Field = 'name'; Change = @{ NewName = 'Other' }; To = 'Other' }
        @{ Field = 'description'; Change = @{ Description = 'new' }; To = 'new' }
        @{ Field = 'description'; Change = @{ Description = '' }; To = '' }
        @{ Field = 'cicdEnforcedDefault'; Change = @{ EnforceCiCd = $false }; To = $false }
        @{ Field = 'defaultRegion'; Change = @{ DefaultCloudProvider = 'Azure'; DefaultRegion = 'eastus' }; To = 'eastus' }
    ) {
        $before = Get-Raw
        Set-AstroWorkspace $made.Id @Change 2>&1 | Should -BeNullOrEmpty
        $after = Get-Raw
        $after.$Field | Should -Be $To
        foreach ($other in 'name', 'description', 'cicdEnforcedDefault', 'defaultCloudProvider', 'defaultRegion', 'defaultClusterId' | Where-Object { $_ -ne $Field }) {
            $after.$other | Should -Be $before.$other -Because $other
        }
    }

    It 'puts a cluster in the place of cloud and region' {
        $cluster = @(Invoke-AstroRequest 'organizations/{organizationId}/clusters' -All)[0]
        $changed = Set-AstroWorkspace 'Set me' -DefaultCluster $cluster.name -PassThru
        $changed.DefaultClusterId | Should -Be $cluster.id
        $changed.DefaultCloudProvider | Should -BeNullOrEmpty
        (Set-AstroWorkspace 'Set me' -NewName Renamed -PassThru).DefaultClusterId | Should -Be $cluster.id
    }

    It 'takes workspaces by name, by object and from the pipeline' {
        Set-AstroWorkspace 'Set me' -Description one
        Set-AstroWorkspace -Workspace $made -NewName two
        (Get-AstroWorkspace two | Set-AstroWorkspace -EnforceCiCd:$false -PassThru).Description | Should -Be 'one'
        ('two' | Set-AstroWorkspace -NewName 'Set me' -PassThru).IsCiCdEnforcedByDefault | Should -BeFalse
    }

    It 'changes none of several that have the name, and lists them' {
        $twin = New-AstroWorkspace 'Set me'
        $failure = Get-Failure { Set-AstroWorkspace 'Set me' -Description x }
        $failure.Id | Should -Be 'AmbiguousName'
        $failure.Message | Should -BeLike "*$($made.Id)*$($twin.Id)*"
        (Get-Raw).description | Should -Be 'as it was'
        $twin | Remove-AstroWorkspace -Confirm:$false
    }

    It 'notices that somebody else changed the workspace between the look and the write' {
        # Held right before the second look, while another credential changes the description.
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault())
        try {
            $null = Add-EmulatorFault @{ method = 'GET'; path = "/workspaces/$($made.Id)$"; skip = 1; hold = 'before' }
            $null = $shell.AddScript('param($path, $connection, $id) Import-Module $path; Set-AstroWorkspace $id -EnforceCiCd:$false -Connection $connection').
                AddArgument((Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')).AddArgument((Get-AstroConnection default)).AddArgument($made.Id)
            $running = $shell.BeginInvoke()
            Wait-EmulatorHold | Should -BeTrue
            Set-AstroWorkspace $made.Id -Description theirs
            Clear-EmulatorFault
            $shell.EndInvoke($running)
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'WorkspaceChangedMeanwhile,*'
            $shell.Streams.Error[0].Exception.Message | Should -BeLike "*'Set me' was changed by platform-automation*"
            $now = Get-Raw
            $now.description | Should -Be 'theirs'
            $now.cicdEnforcedDefault | Should -BeTrue
        }
        finally {
            Clear-EmulatorFault
            $shell.Dispose()
        }
    }

    It 'says what would change with -WhatIf, and changes nothing' {
        Set-AstroWorkspace 'Set me' -NewName Other -EnforceCiCd:$false -WhatIf
        (Get-Raw).updatedAt | Should -Be (Get-Raw).createdAt
    }

    It 'sends nothing where nothing is named, and says so' {
        (Get-Failure { Set-AstroWorkspace $made.Id }).Id | Should -Be 'NothingToSet'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'is refused without the right' {
        Connect-As workspaceMember
        (Get-Failure { Set-AstroWorkspace $data.id -Description x }).Id | Should -Be 'Forbidden'
        Connect-As organizationOwner
    }
}

Describe 'Remove-AstroWorkspace' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session organizationOwner }

    It 'removes workspaces by name, id and from the pipeline, silently' {
        $made = 'a', 'b', 'c' | ForEach-Object { New-AstroWorkspace "gone $_" }
        Remove-AstroWorkspace 'gone a', $made[1].Id -Confirm:$false 2>&1 | Should -BeNullOrEmpty
        $made[2] | Remove-AstroWorkspace -Confirm:$false
        Get-AstroWorkspace gone* | Should -BeNullOrEmpty
    }

    It 'ends the API tokens of the workspace' {
        $made = New-AstroWorkspace doomed
        $token = New-AstroApiToken in-doomed WORKSPACE_MEMBER -Workspace $made
        Connect-Astro -ApiToken $token.Token -Name doomed -NoDefault
        Remove-AstroWorkspace doomed -Confirm:$false
        Test-AstroConnection doomed | Should -BeFalse
    }

    It 'keeps one that has deployments, and goes on with the others' {
        $made = New-AstroWorkspace empty
        $failure = Get-Failure { Remove-AstroWorkspace $data.id, 'no such', $made.Id -Confirm:$false }
        $failure.Records.ForEach({ ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be 'InvalidRequest', 'WorkspaceNotFound'
        $failure.Message | Should -BeLike '*still has Deployments*'
        (Get-AstroWorkspace).Name | Should -Be $data.name, $analytics.name
    }

    It 'asks first, as it cannot be undone' {
        (Get-Command Remove-AstroWorkspace).ImplementingType.GetCustomAttributes($true).ConfirmImpact | Should -Be 'High'
        Remove-AstroWorkspace $analytics.name -WhatIf
        (Get-AstroWorkspace).Id | Should -Contain $analytics.id
        Get-SentRequest | Where-Object method -EQ DELETE | Should -BeNullOrEmpty
    }

    It 'is refused without the right' {
        Connect-As workspaceOperator
        (Get-Failure { Remove-AstroWorkspace $data.id -Confirm:$false }).Id | Should -Be 'Forbidden'
    }
}
