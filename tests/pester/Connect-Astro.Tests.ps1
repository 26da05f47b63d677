BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    $user = $astro.users.owner.accessToken
}
AfterAll { Stop-TestEmulator }

Describe 'Connect-Astro' {
    BeforeEach { Reset-Session }

    Context 'with an API token' {
        It 'says nothing and becomes the default' {
            Connect-Astro -ApiToken $owner 2>&1 3>&1 | Should -BeNullOrEmpty
            (Get-AstroConnection -Default).Name | Should -Be 'default'
        }

        It 'tells with -PassThru who it is, from where and until when' {
            $connection = Connect-Astro -ApiToken $owner -PassThru
            $connection.Kind | Should -Be 'ApiToken'
            $connection.Source | Should -Be 'Parameter'
            $connection.SourceDetail | Should -Be '-ApiToken'
            $connection.Domain | Should -Be $astro.domain
            $connection.TokenId | Should -Be $astro.tokens.organizationOwner.id
            $connection.Organization.Id | Should -Be $astro.organization.id
            $connection.Organization.Name | Should -Be $astro.organization.name
            [int]($connection.ExpiresOn - [DateTimeOffset]::UtcNow).TotalDays | Should -Be 50
        }

        It 'takes exactly one request for a token of scope <Key>' -ForEach @(
            @{ Key = 'organizationOwner' }, @{ Key = 'workspaceMember' }, @{ Key = 'deploymentDeployer' }
        ) {
            Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Key.value)
            $requests = Get-SentRequest -AtLeast 1
            $requests.Count | Should -Be 1
            $requests[0].path | Should -Be '/v1/organizations'
        }

        It 'takes no request with -SkipValidation' {
            Connect-Astro -ApiToken $owner -SkipValidation
            Get-SentRequest | Should -BeNullOrEmpty
            (Get-AstroConnection -Default).Organization.Id | Should -Be $astro.organization.id
        }

        It 'knows workspace and deployment from the claims' {
            $connection = Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.deploymentAdmin.value) -SkipValidation -PassThru
            $connection.Workspace.Id | Should -Be $astro.workspaces[0].id
            $connection.Deployment.Id | Should -Be $astro.deployments[0].id
        }

        It 'finds out what the claims leave out: <Omit>' -ForEach @(
            @{ Omit = 'organizationId' }, @{ Omit = 'deploymentId' }
        ) {
            $token = New-EmulatorToken @{ scope = 'DEPLOYMENT'; omitPermissions = @($Omit, 'workspaceId') }
            $connection = Connect-Astro -ApiToken (ConvertTo-Secure $token.value) -PassThru
            $connection.Organization.Id | Should -Be $astro.organization.id
        }

        It 'accepts a value <Case>' -ForEach @(
            @{ Case = 'with white space around it'; Before = " `t"; After = "`r`n" }
            @{ Case = 'in double quotes'; Before = '"'; After = '"' }
            @{ Case = 'in single quotes'; Before = "'"; After = "'" }
            @{ Case = 'with the word Bearer'; Before = 'Bearer '; After = '' }
        ) {
            Connect-Astro -ApiToken (ConvertTo-Secure "$Before$($astro.tokens.organizationOwner.value)$After")
            Test-AstroConnection | Should -BeTrue
        }

        It 'refuses <Case> offline with <Id>' -ForEach @(
            @{ Id = 'ApiTokenExpired'; Case = 'an expired token'; Value = { $astro.tokens.expired.value }; Says = '*expired 8 days ago (20*Z)*' }
            @{ Id = 'ApiTokenNotYetValid'; Case = 'a token of the future'; Value = { $astro.tokens.notYetValid.value }; Says = '*not valid before 20*Z, in 29 days*' }
            @{ Id = 'NotAnApiToken'; Case = "a user's token"; Value = { $user }; Says = '*-AccessToken*' }
            @{ Id = 'TokenMalformed'; Case = 'another text'; Value = { 'secret-text' }; Says = '*three parts*' }
            @{ Id = 'TokenMalformed'; Case = 'a token cut short'; Value = { $astro.tokens.organizationOwner.value.Substring(0, 60) }; Says = '*Copy it again*' }
            @{ Id = 'CredentialEmpty'; Case = 'nothing'; Value = { '  ' }; Says = '*-ApiToken is empty*' }
            @{ Id = 'CredentialNotText'; Case = 'a line break inside'; Value = { "ey.`n.x" }; Says = '*position 4*' }
            @{ Id = 'CredentialNotExpanded'; Case = 'an unexpanded variable'; Value = { '$(AstroToken)' }; Says = "*'env:' block*" }
        ) {
            $text = & $Value
            $failure = Get-Failure { Connect-Astro -ApiToken (ConvertTo-Secure $text) }
            $failure.Id | Should -Be $Id
            $failure.Message | Should -BeLike $Says
            $failure.Category | Should -Be 'AuthenticationError'
            $failure.Terminating | Should -BeTrue
            if ($text.Trim()) { $failure.Message | Should -Not -BeLike "*$([WildcardPattern]::Escape($text))*" }
            Get-SentRequest | Should -BeNullOrEmpty
            Get-AstroConnection | Should -BeNullOrEmpty
        }

        It 'names the id of the token that has expired' {
            (Get-Failure { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.expired.value) }).Message |
                Should -BeLike "*$($astro.tokens.expired.id)*"
        }

        It 'leaves the former connection in place when Astro refuses the new one' {
            $former = Connect-Astro -ApiToken $owner -PassThru
            $dead = New-EmulatorToken @{ scope = 'ORGANIZATION' }
            Invoke-AstroRequest "organizations/{organizationId}/tokens/$($dead.id)" -Method Delete
            $failure = Get-Failure { Connect-Astro -ApiToken (ConvertTo-Secure $dead.value) }
            $failure.Id | Should -Be 'Unauthorized'
            $failure.Message | Should -BeLike "*the API token was deleted*It is the API token $($dead.id).*"
            $failure.Exception.StatusCode | Should -Be 401
            $failure.Terminating | Should -BeTrue
            (Get-AstroConnection -Default).TokenId | Should -Be $former.TokenId
        }
    }

    Context 'with an access token' {
        It 'connects as the user who copied it' {
            $connection = Connect-Astro -AccessToken (ConvertTo-Secure $user) -PassThru
            $connection.Kind | Should -Be 'AccessToken'
            $connection.Organization.Id | Should -Be $astro.organization.id
            $connection.TokenId | Should -BeNullOrEmpty
            $connection.ExpiresOn | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        }

        It 'refuses an API token there, and names it' {
            $failure = Get-Failure { Connect-Astro -AccessToken $owner }
            $failure.Id | Should -Be 'NotAUserAccessToken'
            $failure.Message | Should -BeLike "*$($astro.tokens.organizationOwner.id)*-ApiToken*"
            Get-SentRequest | Should -BeNullOrEmpty
        }

        It 'refuses an expired one and says where to copy a fresh one' {
            $old = New-EmulatorUserToken @{ email = $astro.users.owner.email; lifetimeSeconds = -7300 }
            $failure = Get-Failure { Connect-Astro -AccessToken (ConvertTo-Secure $old.value) }
            $failure.Id | Should -Be 'AccessTokenExpired'
            $failure.Message | Should -BeLike '*expired 2 hours ago*/token*'
            Get-SentRequest | Should -BeNullOrEmpty
        }
    }

    Context 'with a legacy Deployment API key' {
        It 'exchanges it, finds its deployment and warns that keys are deprecated' {
            $connection = Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -PassThru -WarningVariable warnings 3>$null
            $connection.Kind | Should -Be 'DeploymentKey'
            $connection.Organization.Id | Should -Be $astro.organization.id
            $connection.Deployment.Id | Should -Be $astro.legacyKey.deploymentId
            $warnings.Count | Should -Be 1
            "$warnings" | Should -BeLike '*deprecated*Deployment API token*'
        }

        It 'exchanges it once' {
            # At an address of its own: connections with the same key and domain share one access token.
            Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -Domain "127.0.0.1:$(([uri]$astro.Uri).Port)" 3>$null
            $null = Get-AstroAccessToken
            (Get-SentRequest -AtLeast 1 -Path '/oauth/token').Count | Should -Be 1
        }

        It 'says that Astro refused it, without the secret' {
            $wrong = [pscustomobject]@{ Id = $astro.legacyKey.id; Secret = 'wrong-secret-canary' }
            $failure = Get-Failure { Connect-Astro -DeploymentKey (New-KeyCredential $wrong) }
            $failure.Id | Should -Be 'DeploymentKeyRejected'
            $failure.Message | Should -BeLike "*$($wrong.Id)*"
            $failure.Message | Should -Not -BeLike '*canary*'
            $failure.Category | Should -Be 'AuthenticationError'
            Get-AstroConnection | Should -BeNullOrEmpty
        }
    }

    Context '-WhatIf' {
        It 'connects to nothing and sends nothing' {
            Connect-Astro -ApiToken $owner -Name other -WhatIf
            Get-SentRequest | Should -BeNullOrEmpty
            Get-AstroConnection | Should -BeNullOrEmpty
        }
    }

    Context 'names' {
        It 'keeps several connections, the last one as default' {
            Connect-Astro -ApiToken $owner -Name one
            Connect-Astro -AccessToken (ConvertTo-Secure $user) -Name two
            (Get-AstroConnection).Name | Should -Be 'one', 'two'
            (Get-AstroConnection -Default).Name | Should -Be 'two'
        }

        It 'leaves the default alone with -NoDefault' {
            Connect-Astro -ApiToken $owner -Name one
            Connect-Astro -ApiToken $owner -Name two -NoDefault
            (Get-AstroConnection -Default).Name | Should -Be 'one'
        }

        It 'replaces a connection of the same name without regard to case' {
            Connect-Astro -ApiToken $owner -Name Prod
            Connect-Astro -AccessToken (ConvertTo-Secure $user) -Name PROD
            $all = @(Get-AstroConnection)
            $all.Count | Should -Be 1
            $all[0].Kind | Should -Be 'AccessToken'
        }
    }
}
