BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data, $analytics = $astro.workspaces
    function Connect-As([string] $Token) { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Token.value) -SkipValidation }
}
AfterAll { Stop-TestEmulator }

Describe 'New-AstroWorkspace' {
    BeforeEach {
        Reset-Session
        Connect-As organizationOwner
    }

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
