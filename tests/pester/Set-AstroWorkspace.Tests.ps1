BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data, $analytics = $astro.workspaces
    function Connect-As([string] $Token) { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Token.value) -SkipValidation }
}
AfterAll { Stop-TestEmulator }

Describe 'Set-AstroWorkspace' {
    BeforeEach {
        Reset-Session
        Connect-As organizationOwner
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
            $deadline = [DateTime]::UtcNow.AddSeconds(20)
            do { $held = @(Get-EmulatorFault | Where-Object held -GT 0) } while (-not $held -and [DateTime]::UtcNow -lt $deadline)
            $held.Count | Should -Be 1
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
