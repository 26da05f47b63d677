BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro '--seed-tokens', '5500' -As organizationOwner
    $owner = Get-AstroConnection -Default
    # Everything, read without the module.
    $all = @(0, 1000, 2000, 3000, 4000, 5000 | ForEach-Object {
            $query = @{
                Uri = "$($astro.Uri)/v1/organizations/$($astro.organization.id)/tokens?limit=1000&offset=$_"
                Headers = @{ Authorization = "Bearer $($astro.tokens.organizationOwner.value)" }
            }
            (Invoke-RestMethod @query).tokens
        })
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroApiToken' {
    BeforeEach {
        Reset-Session organizationOwner
        Clear-EmulatorRequest
    }

    It 'gives all tokens in the order in which Astro has them, in pages of a thousand' {
        $all.Count | Should -BeGreaterThan 5500
        $tokens = @(Get-AstroApiToken)
        $tokens.Id -join ' ' | Should -Be ($all.id -join ' ')
        (Get-SentRequest -AtLeast 6).Count | Should -Be 6
    }

    It 'asks for no more than the pages under way once nobody wants another token' {
        # One is taken, one is ready, and two are on their way.
        (Get-AstroApiToken | Select-Object -First 1).Id | Should -Be $all[0].id
        (Get-SentRequest -AtLeast 5 -WaitSec 1).Count | Should -BeLessOrEqual 4
    }

    It 'gives a page while those after it are not there yet, and does not wait for them in the end' {
        $null = Add-EmulatorFault @{ path = '/tokens$'; skip = 1; count = 0; hold = 'before' }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        try { $first = Get-AstroApiToken | Select-Object -First 1000 }
        finally { Clear-EmulatorFault }
        $first.Id -join ' ' | Should -Be ($all[0..999].id -join ' ')
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20 -Because 'a request that is never answered takes longer'
    }

    It 'gives the pages before one that fails, whole and in order, and then the error' {
        $null = Add-EmulatorFault @{ path = '/tokens$'; skip = 3; count = 0; status = 403 }
        $failure = Get-Failure { Get-AstroApiToken }
        $failure.Id | Should -Be 'Forbidden'
        $failure.Output.Id -join ' ' | Should -Be ($all[0..2999].id -join ' ')
    }

    It 'gives one by its id, with all there is to know' {
        $token = Get-AstroApiToken -Id $astro.tokens.workspaceOwner.id
        $token.Name | Should -Be 'data-platform-admin'
        $token.Scope | Should -Be 'WORKSPACE'
        $token.Kind | Should -Be 'STANDARD'
        $token.Roles.Role | Should -Be 'WORKSPACE_OWNER'
        $token.Roles[0].EntityId | Should -Be $astro.workspaces[0].id
        $token.DaysLeft | Should -Be 59
        $token.ExpiryPeriodInDays | Should -Be 90
        $token.LastUsedOn | Should -BeLessThan ([DateTimeOffset]::UtcNow.AddHours(-23))
        $token.LastRotatedOn | Should -BeNullOrEmpty
        "$($token.CreatedBy)" | Should -Be 'lena.brandt@northwind.example'
        $token.OrganizationId | Should -Be $astro.organization.id
        (Get-SentRequest -AtLeast 1).Count | Should -Be 1
    }

    It 'takes ids from the pipeline and goes on after one that is not there' {
        $ids = $astro.tokens.workspaceOwner.id, 'cnosuchtokenxxxxxxxxxxxxx', $astro.tokens.expired.id
        $failure = Get-Failure { $ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Get-AstroApiToken }
        $failure.Id | Should -Be 'NotFound'
        $failure.Target | Should -Be 'cnosuchtokenxxxxxxxxxxxxx'
        $failure.Terminating | Should -BeFalse
        $failure.Output.Name | Should -Be 'data-platform-admin', 'quarterly-import'
        (Get-Failure { Get-AstroApiToken -Id $ids }).Output.Count | Should -Be 2
    }

    It 'finds names with wildcards, without regard to case' {
        (Get-AstroApiToken 'SALES-*' | Sort-Object Name).Name | Should -Be 'sales-etl-admin', 'sales-etl-deploy'
        (Get-AstroApiToken 'airbyte', 'work*').Name | Sort-Object | Should -Be 'airbyte', 'workshop'
        Get-AstroApiToken 'nothing*' | Should -BeNullOrEmpty
    }

    It 'says so when there is no token of a name that is spelled out' {
        $failure = Get-Failure { Get-AstroApiToken 'no-such-token' }
        $failure.Id | Should -Be 'ApiTokenNotFound'
        $failure.Category | Should -Be 'ObjectNotFound'
        $failure.Target | Should -Be 'no-such-token'
    }

    It 'gives the others when one of several names is not there' {
        $failure = Get-Failure { Get-AstroApiToken 'airbyte', 'no-such-token', 'nothing*' }
        $failure.Id | Should -Be 'ApiTokenNotFound'
        $failure.Target | Should -Be 'no-such-token'
        $failure.Output.Name | Should -Be 'airbyte'
    }

    It 'gives those that -Scope <Scope> owns' -ForEach @(
        @{ Scope = 'Organization' }, @{ Scope = 'Workspace' }, @{ Scope = 'Deployment' }
    ) {
        $tokens = Get-AstroApiToken -Scope $Scope
        $tokens.Id | Sort-Object | Should -Be (($all | Where-Object scope -EQ $Scope.ToUpper()).id | Sort-Object)
    }

    It 'gives those with a role in a workspace, by name and by id' {
        $tokens = @(Get-AstroApiToken -Workspace 'Analytics' -Name 'd*')
        $tokens.Name | Sort-Object | Should -Be 'dashboards', 'dbt-cloud'
        @(Get-AstroApiToken -Workspace $astro.workspaces[1].id -Name 'd*').Count | Should -Be 2
        (Get-Failure { Get-AstroApiToken -Workspace 'No Such' }).Id | Should -Be 'WorkspaceNotFound'
    }

    It 'gives those with a role in a deployment, by name and by id' {
        (Get-AstroApiToken -Deployment 'reporting').Name | Sort-Object | Should -Be 'airflow-probe', 'reporting-deploy'
        @(Get-AstroApiToken -Deployment $astro.deployments[2].id).Count | Should -Be 2
    }

    It 'gives those of a kind' {
        (Get-AstroApiToken -Kind Direct_Access).Name | Sort-Object | Should -Be 'airflow-probe', 'airflow-trigger'
    }

    It 'gives those that never expire, and only those' {
        $tokens = @(Get-AstroApiToken -NeverExpires)
        $tokens.Count | Should -Be @($all | Where-Object { -not $_.PSObject.Properties['endAt'] -or -not $_.endAt }).Count
        @($tokens | Where-Object { $null -ne $_.ExpiresOn -or $null -ne $_.DaysLeft }) | Should -BeNullOrEmpty
    }

    It 'gives those that end soon or have ended' {
        foreach ($limit in 7, '7', '7.00:00') {
            $names = (Get-AstroApiToken -ExpiringWithin $limit -Scope Workspace | Where-Object Name -NotLike 'load-*').Name | Sort-Object
            $names | Should -Be 'airbyte', 'dbt-cloud', 'nightly-backfill', 'quarterly-import', 'workshop' -Because "$limit are seven days"
        }
        @(Get-AstroApiToken -ExpiringWithin ([timespan]::MaxValue)).Count | Should -Be @($all | Where-Object { $_.PSObject.Properties['endAt'] -and $_.endAt }).Count
    }

    It 'gives those that are idle, also one never used' {
        foreach ($limit in 90, '90.00:00') {
            $names = (Get-AstroApiToken -UnusedFor $limit | Where-Object Name -NotLike 'load-*').Name | Sort-Object
            $names | Should -Be 'audit-2023', 'bootstrap', 'never-used', 'old-jenkins' -Because "$limit are ninety days"
        }
        Get-AstroApiToken -UnusedFor ([timespan]::MaxValue) | Should -BeNullOrEmpty
    }

    It 'lists where a narrow token belongs: <Key>' -ForEach @(
        @{ Key = 'workspaceOwner'; Scopes = 'WORKSPACE', 'ORGANIZATION', 'DEPLOYMENT'; Parameter = 'workspaceId' }
        @{ Key = 'deploymentAdmin'; Scopes = 'DEPLOYMENT', 'ORGANIZATION'; Parameter = 'deploymentId' }
    ) {
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Key.value) -SkipValidation
        $tokens = @(Get-AstroApiToken)
        $tokens.Name | Should -Contain $astro.tokens.$Key.name
        @($tokens.Scope | Sort-Object -Unique | Where-Object { $_ -notin $Scopes }) | Should -BeNullOrEmpty
        (Get-SentRequest -AtLeast 1)[0].query | Should -Match "$Parameter="
    }

    It 'is forbidden to a narrow token to list another place' {
        Connect-As workspaceOwner
        $failure = Get-Failure { Get-AstroApiToken -Workspace $astro.workspaces[1].id }
        $failure.Id | Should -BeIn 'Forbidden', 'NotFound'
        $failure.Category | Should -BeIn 'PermissionDenied', 'ObjectNotFound'
        (Get-Failure { Get-AstroApiToken -Scope Organization }).Id | Should -Be 'Forbidden'
        @(Get-AstroApiToken -Scope Workspace).Name | Should -Contain $astro.tokens.workspaceOwner.name
    }

    It 'shows a table that a person can read, without a value' {
        $text = Get-AstroApiToken github-actions, terraform | Out-String -Width 120
        $text | Should -Match '(?m)^Name +Scope +Role +Expires +Days +LastUsed'
        $text | Should -Match '(?m)^github-actions +WORKSPACE +WORKSPACE_AUTHOR +20\d\d-\d\d-\d\d +119 +today'
        $text | Should -Match '(?m)^terraform +ORGANIZATION +ORGANIZATION_OWNER +never +today'
    }

    It 'shows a list with roles in words' {
        $text = Get-AstroApiToken cross-team-deployer | Format-List | Out-String -Width 160
        $text | Should -Match "DEPLOYMENT_ADMIN on deployment $($astro.deployments[0].id)"
        $text = Get-AstroApiToken rotation-robot | Format-List | Out-String -Width 160
        $text | Should -Match "Roles +: WORKSPACE_OPERATOR on workspace $($astro.workspaces[0].id)"
        $text | Should -Match 'CreatedBy +: lena.brandt@northwind.example'
        $text | Should -Not -Match '(?m)^Token '
    }
}
