BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro '--seed-tokens', '250'
    $organization = $astro.organization.id
}
AfterAll { Stop-TestEmulator }

Describe 'Invoke-AstroRequest' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation -Workspace $astro.workspaces[0].id -Deployment $astro.deployments[0].id
    }

    It 'calls a path of the API, however it is written: <_>' -ForEach 'organizations', '/organizations', 'v1/organizations', '/v1/organizations' {
        (Invoke-AstroRequest $_).organizations.id | Should -Be $organization
    }

    It 'fills in the places of the connection' {
        (Invoke-AstroRequest 'organizations/{organizationId}/workspaces/{workspaceId}').name | Should -Be $astro.workspaces[0].name
        (Invoke-AstroRequest 'organizations/{organizationId}/deployments/{deploymentId}').name | Should -Be $astro.deployments[0].name
    }

    It 'asks for a place that the connection does not know: <Id>' -ForEach @(
        @{ Place = 'workspaceId'; Id = 'WorkspaceRequired' }, @{ Place = 'deploymentId'; Id = 'DeploymentRequired' }
    ) {
        $null = Set-AstroConnection -Workspace ''
        (Get-Failure { Invoke-AstroRequest "organizations/{organizationId}/x/{$Place}" }).Id | Should -Be $Id
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'gives objects with Astro''s own member names and plain values' {
        $token = Invoke-AstroRequest "organizations/$organization/tokens/$($astro.tokens.workspaceOwner.id)"
        $token | Should -BeOfType psobject
        $token.expiryPeriodInDays | Should -BeExactly 90
        $token.expiryPeriodInDays | Should -BeOfType long
        $token.startAt | Should -BeOfType string
        $token.roles[0].role | Should -Be 'WORKSPACE_OWNER'
        ($token | ConvertTo-Json -Depth 5 | ConvertFrom-Json).id | Should -Be $token.id
    }

    It 'keeps a whole number whole, however large' {
        Add-EmulatorFault @{ path = '/users/self$'; status = 200; body = '{"big":9007199254740993,"part":1.5,"none":null,"yes":true,"list":[1,"a"]}' }
        $answer = Invoke-AstroRequest users/self
        $answer.big | Should -BeExactly 9007199254740993
        $answer.part | Should -Be 1.5
        $answer.none | Should -BeNullOrEmpty
        $answer.yes | Should -BeTrue
        $answer.list | Should -Be 1, 'a'
    }

    It 'sends the query, and repeats a parameter with several values' {
        $names = (Invoke-AstroRequest "organizations/$organization/workspaces" -Query @{ names = 'Data Platform', 'Analytics'; limit = 5 }).workspaces.name
        $names | Sort-Object | Should -Be 'Analytics', 'Data Platform'
        (Get-SentRequest -AtLeast 1).query | Should -Match 'names=Data%20Platform&names=Analytics'
    }

    It 'fetches every page with -All and gives the items' {
        $page = Invoke-AstroRequest "organizations/$organization/tokens" -Query @{ limit = 1 }
        Clear-EmulatorRequest
        $items = @(Invoke-AstroRequest "organizations/$organization/tokens" -All -Query @{ limit = 60 })
        $items.Count | Should -Be $page.totalCount
        @($items.id | Sort-Object -Unique).Count | Should -Be $page.totalCount
        (Get-SentRequest -AtLeast 5).Count | Should -Be ([Math]::Ceiling($page.totalCount / 60))
    }

    It 'stops fetching pages when the pipeline has enough' {
        $first = Invoke-AstroRequest "organizations/$organization/tokens" -All -Query @{ limit = 10 } | Select-Object -First 1
        $first.id | Should -Not -BeNullOrEmpty
        (Get-SentRequest -AtLeast 1).Count | Should -BeLessOrEqual 3
    }

    It 'refuses -All for what is not a list' {
        Add-EmulatorFault @{ path = '/users/self$'; status = 200; body = '{"id":"c1","roles":[]}' }
        (Get-Failure { Invoke-AstroRequest users/self -All }).Id | Should -Be 'NotPaged'
    }

    It 'creates, changes and deletes with a body of any form: <Case>' -ForEach @(
        @{ Case = 'a hashtable'; Convert = { param($b) $b } }
        @{ Case = 'an object'; Convert = { param($b) [pscustomobject]$b } }
        @{ Case = 'JSON text'; Convert = { param($b) ConvertTo-Json $b } }
    ) {
        $body = [ordered]@{ name = "raw ünï"; role = 'WORKSPACE_MEMBER'; scope = 'WORKSPACE'; entityId = $astro.workspaces[0].id; tokenExpiryPeriodInDays = 7 }
        $made = Invoke-AstroRequest 'organizations/{organizationId}/tokens' -Method Post -Body (& $Convert $body)
        $made.name | Should -BeExactly 'raw ünï'
        $made.expiryPeriodInDays | Should -Be 7
        $made.token | Should -BeOfType securestring
        Test-EmulatorToken (ConvertTo-Plain $made.token) | Should -BeTrue
        Invoke-AstroRequest "organizations/{organizationId}/tokens/$($made.id)" -Method Delete | Should -BeNullOrEmpty
        (Get-Failure { Invoke-AstroRequest "organizations/{organizationId}/tokens/$($made.id)" }).Id | Should -Be 'NotFound'
    }

    It 'changes nothing with -WhatIf' {
        Invoke-AstroRequest 'organizations/{organizationId}/tokens' -Method Post -Body @{ name = 'x' } -WhatIf
        Invoke-AstroRequest "organizations/{organizationId}/tokens/$($astro.tokens.expired.id)" -Method delete -WhatIf
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'still reads with -WhatIf' {
        (Invoke-AstroRequest organizations -WhatIf).organizations.id | Should -Be $organization
    }

    It 'refuses a path that leads elsewhere, and sends nothing: <_>' -ForEach 'https://evil.example/v1/organizations', 'organizations/../../private', 'organizations/%2e%2e/x', 'organizations?limit=1', 'organizations#x', 'a\b', '/', 'a//b' {
        $failure = Get-Failure { Invoke-AstroRequest $_ }
        $failure.Id | Should -Be 'InvalidPath'
        $failure.Category | Should -Be 'InvalidArgument'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'refuses a body that is not JSON, and one that refers to itself' {
        (Get-Failure { Invoke-AstroRequest 'organizations/{organizationId}/tokens' -Method Post -Body '{oops' }).Id | Should -Be 'InvalidBody'
        $loop = @{}
        $loop.self = $loop
        (Get-Failure { Invoke-AstroRequest 'organizations/{organizationId}/tokens' -Method Post -Body $loop }).Id | Should -Be 'BodyTooDeep'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'takes paths from the pipeline and goes on after one that fails' {
        $failure = Get-Failure { "organizations/$organization/workspaces/cnone", 'organizations' | Invoke-AstroRequest }
        $failure.Id | Should -Be 'NotFound'
        $failure.Terminating | Should -BeFalse
        $failure.Output.organizations.id | Should -Be $organization
    }
}
