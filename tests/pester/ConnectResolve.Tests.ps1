# Where Connect-Astro finds a credential that is not given to it, and how it finds places by name.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
}
AfterAll { Stop-TestEmulator }

Describe 'Connect-Astro and the environment' {
    BeforeEach { Reset-Session }
    AfterEach { $env:ASTRO_DOMAIN = $astro.domain }

    It 'prefers ASTRO_API_TOKEN to a key, <Case>' -ForEach @(
        @{ Case = 'by itself'; Parameters = @{} }
        @{ Case = 'with -EnvironmentVariable'; Parameters = @{ EnvironmentVariable = $true } }
    ) {
        $env:ASTRO_API_TOKEN = "  $($astro.tokens.workspaceOwner.value)`n"
        $env:ASTRONOMER_KEY_ID = $astro.legacyKey.id
        $env:ASTRONOMER_KEY_SECRET = $astro.legacyKey.secret
        $connection = Connect-Astro @Parameters -PassThru
        $connection.Kind | Should -Be 'ApiToken'
        $connection.TokenId | Should -Be $astro.tokens.workspaceOwner.id
        $connection.Source | Should -Be 'Environment'
        $connection.SourceDetail | Should -Be 'ASTRO_API_TOKEN'
    }

    It 'takes the key when ASTRO_API_TOKEN is not set' {
        $env:ASTRONOMER_KEY_ID = $astro.legacyKey.id
        $env:ASTRONOMER_KEY_SECRET = $astro.legacyKey.secret
        $connection = Connect-Astro -PassThru 3>$null
        $connection.Kind | Should -Be 'DeploymentKey'
        $connection.SourceDetail | Should -Be 'ASTRONOMER_KEY_ID and ASTRONOMER_KEY_SECRET'
    }

    It 'prefers the parameter to the environment' {
        $env:ASTRO_API_TOKEN = $astro.tokens.workspaceOwner.value
        (Connect-Astro -ApiToken $owner -PassThru).TokenId | Should -Be $astro.tokens.organizationOwner.id
    }

    It 'stops at a value that cannot be right and does not try the next place' {
        $env:ASTRO_API_TOKEN = 'not a token'
        $env:ASTRONOMER_KEY_ID = $astro.legacyKey.id
        $env:ASTRONOMER_KEY_SECRET = $astro.legacyKey.secret
        $failure = Get-Failure { Connect-Astro }
        $failure.Id | Should -Be 'CredentialNotText'
        $failure.Message | Should -BeLike '*ASTRO_API_TOKEN*'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'reports every place it looked at and what it found there, never a value: <Case>' -ForEach @(
        @{ Case = 'by itself'; Parameters = @{} }
        @{ Case = 'with -EnvironmentVariable'; Parameters = @{ EnvironmentVariable = $true } }
    ) {
        $env:ASTRO_API_TOKEN = ' '
        $env:ASTRONOMER_KEY_ID = 'key-id-canary'
        $failure = Get-Failure { Connect-Astro @Parameters }
        $failure.Id | Should -Be 'NoCredential'
        $failure.Category | Should -Be 'AuthenticationError'
        $failure.Terminating | Should -BeTrue
        foreach ($line in '-SecretName: not given', 'ASTRO_API_TOKEN: set, but empty', 'ASTRONOMER_KEY_ID: set', 'ASTRONOMER_KEY_SECRET: not set') {
            $failure.Message | Should -Match ([regex]::Escape($line))
        }
        $failure.Message | Should -Not -BeLike '*canary*'
    }

    It 'connects to -Domain rather than to ASTRO_DOMAIN' {
        $env:ASTRO_DOMAIN = 'astronomer.io'
        (Connect-Astro -ApiToken $owner -Domain $astro.domain -PassThru).Domain | Should -Be $astro.domain
    }

    It 'connects to Astro itself when no domain is set' {
        $env:ASTRO_DOMAIN = $null
        (Connect-Astro -ApiToken $owner -SkipValidation -PassThru).Domain | Should -Be 'astronomer.io'
    }

    It 'refuses the domain <_>' -ForEach 'astronomer.io.evil.example', 'evil-astronomer.io', 'example.com', 'localhost:0', 'localhost:70000', 'localhost.example.com', 'astronomer.io/path' {
        $failure = Get-Failure { Connect-Astro -ApiToken $owner -Domain $_ }
        $failure.Id | Should -Be 'InvalidDomain'
        $failure.Target | Should -Be $_
    }
}

Describe 'Connect-Astro and places' {
    BeforeEach { Reset-Session }

    It 'takes ids as they are, without a request for them' {
        $connection = Connect-Astro -ApiToken $owner -SkipValidation -PassThru -Organization $astro.organization.id `
            -Workspace $astro.workspaces[1].id -Deployment $astro.deployments[2].id
        $connection.Workspace.Id | Should -Be $astro.workspaces[1].id
        $connection.Deployment.Id | Should -Be $astro.deployments[2].id
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'finds organization, workspace and deployment by exact name' {
        $connection = Connect-Astro -ApiToken $owner -PassThru -Organization $astro.organization.name `
            -Workspace $astro.workspaces[0].name -Deployment $astro.deployments[0].name
        $connection.Organization.Id | Should -Be $astro.organization.id
        $connection.Workspace.Id | Should -Be $astro.workspaces[0].id
        $connection.Workspace.Name | Should -Be $astro.workspaces[0].name
        $connection.Deployment.Id | Should -Be $astro.deployments[0].id
    }

    It 'finds a deployment only in the workspace that is named' {
        (Get-Failure { Connect-Astro -ApiToken $owner -Workspace $astro.workspaces[1].name -Deployment $astro.deployments[0].name }).Id |
            Should -Be 'DeploymentNotFound'
    }

    It 'says that there is no <Parameter> of that name: <Id>' -ForEach @(
        @{ Parameter = 'Organization'; Id = 'OrganizationNotFound' }
        @{ Parameter = 'Workspace'; Id = 'WorkspaceNotFound' }
        @{ Parameter = 'Deployment'; Id = 'DeploymentNotFound' }
    ) {
        $parameters = @{ $Parameter = 'No Such Place' }
        $failure = Get-Failure { Connect-Astro -ApiToken $owner @parameters }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be 'ObjectNotFound'
        $failure.Target | Should -Be 'No Such Place'
        Get-AstroConnection | Should -BeNullOrEmpty
    }

    It 'refuses the id of a foreign organization' {
        (Get-Failure { Connect-Astro -ApiToken $owner -Organization $astro.foreignOrganization.id }).Id | Should -Be 'OrganizationNotFound'
    }

    It 'names the ids when a name is ambiguous' {
        Add-EmulatorFault @{
            path = '/workspaces$'; status = 200
            body = '{"workspaces":[{"id":"caaaaaaaaaaaaaaaaaaaaaaaa","name":"Twin"},{"id":"cbbbbbbbbbbbbbbbbbbbbbbbb","name":"Twin"}],"totalCount":2}'
        }
        $failure = Get-Failure { Connect-Astro -ApiToken $owner -Workspace Twin }
        $failure.Id | Should -Be 'AmbiguousName'
        $failure.Message | Should -BeLike '*caaaaaaaaaaaaaaaaaaaaaaaa, cbbbbbbbbbbbbbbbbbbbbbbbb*'
        $failure.Category | Should -Be 'InvalidArgument'
    }

    It 'asks for the organization when the credential reaches several, and takes the named one' {
        $two = '{"organizations":[{"id":"caaaaaaaaaaaaaaaaaaaaaaaa","name":"One"},{"id":"cbbbbbbbbbbbbbbbbbbbbbbbb","name":"Two"}],"totalCount":2}'
        Add-EmulatorFault @{ path = '/organizations$'; status = 200; body = $two; count = 0 }
        $token = ConvertTo-Secure $astro.users.owner.accessToken
        $failure = Get-Failure { Connect-Astro -AccessToken $token }
        $failure.Id | Should -Be 'OrganizationRequired'
        $failure.Message | Should -BeLike '*One (caaaaaaaaaaaaaaaaaaaaaaaa), Two (cbbbbbbbbbbbbbbbbbbbbbbbb)*'
        (Connect-Astro -AccessToken $token -Organization two -PassThru).Organization.Id | Should -Be 'cbbbbbbbbbbbbbbbbbbbbbbbb'
    }

    It 'says so when the credential reaches no organization' {
        Add-EmulatorFault @{ path = '/organizations$'; status = 200; body = '{"organizations":[],"totalCount":0}' }
        (Get-Failure { Connect-Astro -AccessToken (ConvertTo-Secure $astro.users.owner.accessToken) }).Id | Should -Be 'NoOrganization'
    }
}
