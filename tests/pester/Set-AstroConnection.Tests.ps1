BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    $data, $analytics = $astro.workspaces
    $sales = $astro.deployments[0]
}
AfterAll { Stop-TestEmulator }

Describe 'Set-AstroConnection' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken $owner -Name other -SkipValidation -Workspace $analytics.id
        Connect-Astro -ApiToken $owner -Name main -SkipValidation -Workspace $data.id -Deployment $sales.id
    }

    It 'sets the places of the default connection, silently' {
        Set-AstroConnection -Workspace $analytics.id 2>&1 | Should -BeNullOrEmpty
        (Get-AstroConnection main).Workspace.Id | Should -Be $analytics.id
        (Get-AstroConnection other).Workspace.Id | Should -Be $analytics.id
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'finds places by exact name' {
        $set = Set-AstroConnection -Organization $astro.organization.name -Workspace $data.name -Deployment $sales.name -PassThru
        $set.Organization.Id | Should -Be $astro.organization.id
        $set.Workspace.Id | Should -Be $data.id
        $set.Deployment.Id | Should -Be $sales.id
    }

    It 'drops the deployment when the workspace changes' {
        (Set-AstroConnection -Workspace $analytics.id -PassThru).Deployment | Should -BeNullOrEmpty
    }

    It 'keeps the workspace when the deployment changes' {
        $set = Set-AstroConnection -Deployment $astro.deployments[1].name -PassThru
        $set.Workspace.Id | Should -Be $data.id
        $set.Deployment.Id | Should -Be $astro.deployments[1].id
    }

    It 'takes a place away with an empty text' {
        (Set-AstroConnection -Deployment '' -PassThru).Deployment | Should -BeNullOrEmpty
        (Get-AstroConnection main).Workspace.Id | Should -Be $data.id
        (Set-AstroConnection -Workspace '' -PassThru).Workspace | Should -BeNullOrEmpty
        (Get-AstroConnection main).Organization.Id | Should -Be $astro.organization.id
    }

    It 'sets a connection by name and from the pipeline, and leaves the default' {
        Set-AstroConnection other -Workspace $data.id
        (Get-AstroConnection other).Workspace.Id | Should -Be $data.id
        Get-AstroConnection other | Set-AstroConnection -Deployment $sales.id
        (Get-AstroConnection other).Deployment.Id | Should -Be $sales.id
        (Get-AstroConnection -Default).Name | Should -Be 'main'
    }

    It 'leaves an object in the hands of others as it was' {
        $before = Get-AstroConnection main
        Set-AstroConnection -Workspace $analytics.id
        $before.Workspace.Id | Should -Be $data.id
    }

    It 'changes nothing when a place is not found' {
        (Get-Failure { Set-AstroConnection -Workspace 'No Such' }).Id | Should -Be 'WorkspaceNotFound'
        (Get-AstroConnection main).Workspace.Id | Should -Be $data.id
    }

    It 'changes nothing with -WhatIf' {
        Set-AstroConnection -Workspace $analytics.name -WhatIf
        (Get-AstroConnection main).Workspace.Id | Should -Be $data.id
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'says so when there is no such connection, or none at all' {
        (Get-Failure { Set-AstroConnection nope -Workspace $data.id }).Id | Should -Be 'ConnectionNotFound'
        Disconnect-Astro -All
        (Get-Failure { Set-AstroConnection -Workspace $data.id }).Id | Should -Be 'NoCredential'
    }

    It 'is what later commands use' {
        Set-AstroConnection -Workspace $analytics.id
        (Invoke-AstroRequest 'organizations/{organizationId}/workspaces/{workspaceId}').name | Should -Be $analytics.name
    }
}
