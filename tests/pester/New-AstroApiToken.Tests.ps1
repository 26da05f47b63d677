BeforeAll { . (Join-Path $PSScriptRoot 'Support/Places.ps1') }
AfterAll { Stop-TestEmulator }

Describe 'New-AstroApiToken' {
    BeforeEach { Reset-Session organizationOwner }

    It 'creates a token that works, and gives its value once, protected' {
        $token = New-AstroApiToken 'ci' WORKSPACE_AUTHOR -Workspace $data.id -Description 'for the pipeline'
        $token.Token | Should -BeOfType securestring
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
        $token.Name | Should -Be 'ci'
        $token.Description | Should -Be 'for the pipeline'
        $token.Scope | Should -Be 'WORKSPACE'
        $token.Roles.Role | Should -Be 'WORKSPACE_AUTHOR'
        $token.Vault | Should -BeNullOrEmpty
        $token.CreatedBy.ApiTokenName | Should -Be 'platform-automation'
        (Get-AstroApiToken -Id $token.Id).Description | Should -Be 'for the pipeline'
    }

    It 'lets it expire in 90 days unless it is told otherwise' {
        $token = New-AstroApiToken 'default life' WORKSPACE_MEMBER -Workspace $data.id
        $token.ExpiryPeriodInDays | Should -Be 90
        $token.DaysLeft | Should -BeIn 89, 90
        (New-AstroApiToken 'short life' WORKSPACE_MEMBER -Workspace $data.id -ExpiresInDays 1).ExpiryPeriodInDays | Should -Be 1
    }

    It 'never lets it expire only with -NeverExpires' {
        $token = New-AstroApiToken 'for ever' WORKSPACE_MEMBER -Workspace $data.id -NeverExpires
        $token.ExpiresOn | Should -BeNullOrEmpty
        { New-AstroApiToken x WORKSPACE_MEMBER -NeverExpires -ExpiresInDays 5 } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
    }

    It 'finds the scope: <Case>' -ForEach @(
        @{ Case = 'of the organization from the role'; Role = 'ORGANIZATION_MEMBER'; Places = {}; Scope = 'ORGANIZATION' }
        @{ Case = 'workspace by name'; Role = 'WORKSPACE_MEMBER'; Places = { @{ Workspace = $analytics.name } }; Scope = 'WORKSPACE' }
        @{ Case = 'deployment by name'; Role = 'DEPLOYMENT_ADMIN'; Places = { @{ Deployment = $sales.name } }; Scope = 'DEPLOYMENT' }
        @{ Case = 'deployment in a workspace'; Role = 'DEPLOYMENT_ADMIN'; Places = { @{ Workspace = $data.name; Deployment = $sales.name } }; Scope = 'DEPLOYMENT' }
        @{ Case = 'deployment with a custom role'; Role = 'DAG Deployer'; Places = { @{ Deployment = $sales.id } }; Scope = 'DEPLOYMENT' }
    ) {
        $parameters = & $Places
        if (-not $parameters) { $parameters = @{} }
        $token = New-AstroApiToken "scope $Case" $Role @parameters
        $token.Scope | Should -Be $Scope
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
    }

    It 'uses the workspace and the deployment of the connection' {
        $null = Set-AstroConnection -Workspace $data.id -Deployment $sales.id
        (New-AstroApiToken a WORKSPACE_MEMBER).Roles[0].EntityId | Should -Be $data.id
        (New-AstroApiToken b DEPLOYMENT_ADMIN).Roles[0].EntityId | Should -Be $sales.id
        (New-AstroApiToken c 'DAG Deployer' -Scope Deployment).Roles[0].EntityId | Should -Be $sales.id
    }

    It 'refuses before a request: <Id>, <Case>' -ForEach @(
        @{ Id = 'WorkspaceRequired'; Case = 'no workspace'; Parameters = @{ Role = 'WORKSPACE_OWNER' } }
        @{ Id = 'DeploymentRequired'; Case = 'no deployment'; Parameters = @{ Role = 'DEPLOYMENT_ADMIN' } }
        @{ Id = 'ScopeRequired'; Case = 'a custom role and no scope'; Parameters = @{ Role = 'DAG Deployer' } }
        @{ Id = 'RoleScopeMismatch'; Case = 'a role of another level'; Parameters = @{ Role = 'WORKSPACE_OWNER'; Scope = 'Organization' } }
        @{ Id = 'RoleScopeMismatch'; Case = 'a custom role for a workspace'; Parameters = @{ Role = 'DAG Deployer'; Scope = 'Workspace' } }
        @{ Id = 'VaultWithoutSecretName'; Case = 'a vault alone'; Parameters = @{ Role = 'ORGANIZATION_MEMBER'; Vault = 'v' } }
        @{ Id = 'VaultWithoutSecretName'; Case = 'a secret name alone'; Parameters = @{ Role = 'ORGANIZATION_MEMBER'; SecretName = 's' } }
        @{ Id = 'InvalidSecretName'; Case = 'a secret name no vault can keep'; Parameters = @{ Role = 'ORGANIZATION_MEMBER'; Vault = 'v'; SecretName = 'a*b' } }
    ) {
        $failure = Get-Failure { New-AstroApiToken refused @Parameters }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be 'InvalidArgument'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'names the roles that would do' {
        (Get-Failure { New-AstroApiToken x WORKSPACE_OWNER -Scope Deployment -Deployment $sales.id }).Message | Should -BeLike '*DEPLOYMENT_ADMIN*custom*'
    }

    It 'shows what Astro found wrong with which field' {
        $failure = Get-Failure { New-AstroApiToken x 'No Such Role' -Deployment $sales.id }
        $failure.Id | Should -Be 'InvalidRequest'
        $failure.Exception.StatusCode | Should -Be 400
        $failure.Exception.FieldErrors[0].Field | Should -Be 'role'
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
        $failure.Message | Should -BeLike "*role:*No Such Role*request $($failure.Exception.RequestId)*"
    }

    It 'is forbidden to grant more than one has' {
        Connect-As workspaceOperator
        $failure = Get-Failure { New-AstroApiToken x WORKSPACE_OWNER }
        $failure.Id | Should -Be 'Forbidden'
        $failure.Category | Should -Be 'PermissionDenied'
    }

    It 'creates nothing with -WhatIf' {
        New-AstroApiToken ghost WORKSPACE_MEMBER -Workspace $data.name -WhatIf | Should -BeNullOrEmpty
        @(Get-SentRequest | Where-Object method -NE GET).Count | Should -Be 0
        Get-AstroApiToken 'ghost*' | Should -BeNullOrEmpty
    }

    It 'takes a table of tokens from the pipeline, and goes on after one that fails' {
        $rows = @'
Name,Role,Workspace,ExpiresInDays
row-1,WORKSPACE_MEMBER,Data Platform,10
row-2,WORKSPACE_MEMBER,No Such,10
row-3,WORKSPACE_AUTHOR,Analytics,20
'@ | ConvertFrom-Csv
        $failure = Get-Failure { $rows | New-AstroApiToken }
        $failure.Id | Should -Be 'WorkspaceNotFound'
        $failure.Terminating | Should -BeFalse
        $failure.Output.Name | Should -Be 'row-1', 'row-3'
        $failure.Output.ExpiryPeriodInDays | Should -Be 10, 20
    }

    It 'shows the token without its value' {
        $token = New-AstroApiToken shown WORKSPACE_MEMBER -Workspace $data.id
        $value = ConvertTo-Plain $token.Token
        $forms = ($token | Out-String) + ($token | Format-List | Out-String -Width 4096) + ($token | Format-List * | Out-String -Width 4096) +
        "$token" + ($token | ConvertTo-Json -Depth 4) + [Management.Automation.PSSerializer]::Serialize($token)
        $forms | Should -Match 'shown'
        $forms | Should -Not -Match ([regex]::Escape($value))
        # Without Windows' data protection a SecureString is written as UTF-16 in hex.
        $forms | Should -Not -Match ([Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes($value.Substring(0, 40))))
    }

    It 'completes the built-in roles, those of the scope first typed: <Line>' -ForEach @(
        @{ Line = 'New-AstroApiToken x -Role WORKSPACE_A'; Expect = 'WORKSPACE_ACCESSOR', 'WORKSPACE_AUTHOR' }
        @{ Line = 'New-AstroApiToken x -Scope Deployment -Role '; Expect = 'DEPLOYMENT_ADMIN' }
        @{ Line = 'New-AstroApiToken x -Deployment d -Role '; Expect = 'DEPLOYMENT_ADMIN' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Where-Object { $_ -cmatch '^[A-Z_]+$' } | Should -Be $Expect -Because 'custom roles that were seen come after them'
        Get-SentRequest | Should -BeNullOrEmpty
    }
}

# Never two tokens, and never one that nobody knows of.
Describe 'a creation whose answer is lost' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session organizationOwner }

    It 'leaves exactly one token, the one that is given, after <Case>' -ForEach @(
        @{ Case = 'a connection cut after'; Fault = @{ cut = 'after' } }
        @{ Case = 'a connection cut before'; Fault = @{ cut = 'before' } }
        @{ Case = 'an answer that breaks off'; Fault = @{ truncate = $true } }
    ) {
        Add-EmulatorFault ($Fault + @{ method = 'POST'; path = '/tokens$' })
        $token = New-AstroApiToken "lost $Case" ORGANIZATION_MEMBER -Description 'mine'
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
        $left = @(Get-AstroApiToken "lost $Case")
        $left.Id | Should -Be $token.Id
        $left[0].Description | Should -Be 'mine'
    }

    It 'leaves none when the answers keep being lost, and the error says so' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens$'; cut = 'after'; count = 0 }
        $failure = Get-Failure { New-AstroApiToken 'always lost' ORGANIZATION_MEMBER }
        $failure.Id | Should -Be 'CreateReplyLost'
        $failure.Message | Should -BeLike '*removed again*'
        Get-AstroApiToken 'always*' | Should -BeNullOrEmpty
    }

    It 'names what it could not remove' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens$'; cut = 'after' }
        Add-EmulatorFault @{ method = 'DELETE'; status = 403; count = 0 }
        $failure = Get-Failure { New-AstroApiToken 'orphan' ORGANIZATION_MEMBER }
        $failure.Id | Should -Be 'CreateOrphaned'
        Clear-EmulatorFault
        $failure.Message | Should -BeLike "*$((Get-AstroApiToken orphan).Id)*"
    }

    It 'is CreateOutcomeUnknown when no answer came in time and nothing is to be seen' {
        Connect-As organizationOwner @{ TimeoutSec = 1 }
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens$'; delayMs = 20000 }
        $failure = Get-Failure { New-AstroApiToken 'late' ORGANIZATION_MEMBER }
        $failure.Id | Should -Be 'CreateOutcomeUnknown'
        $failure.Message | Should -BeLike '*`[astroauth:creating *'
        Clear-EmulatorFault
        Get-AstroApiToken 'late*' | Should -BeNullOrEmpty
    }

    It 'still describes the token when only the description was hard to set' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens/c'; status = 503 }
        (New-AstroApiToken 'described' ORGANIZATION_MEMBER -Description 'mine').Description | Should -Be 'mine'
    }

    It 'keeps a token whose description could not be set, and warns' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens/c'; status = 400 }
        $token = New-AstroApiToken 'undescribed' ORGANIZATION_MEMBER -Description 'mine' -WarningVariable warnings -WarningAction SilentlyContinue
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
        "$warnings" | Should -BeLike '*works, but its description could not be set*'
    }
}
