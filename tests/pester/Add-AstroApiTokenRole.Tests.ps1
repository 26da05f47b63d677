BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data, $analytics = $astro.workspaces
    $sales = $astro.deployments[0]
    function Get-Change { @(Get-SentRequest | Where-Object method -NE GET) }
}
AfterAll { Stop-TestEmulator }

Describe 'Add-AstroApiTokenRole' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    }

    It 'adds workspace, deployment, DAG and tag, and keeps every other role' {
        $token = New-AstroApiToken many ORGANIZATION_MEMBER
        $token | Add-AstroApiTokenRole WORKSPACE_MEMBER -Workspace $data.name | Should -BeNullOrEmpty
        $token | Add-AstroApiTokenRole 'DAG Deployer' -Deployment $sales.name
        $token | Add-AstroApiTokenRole DAG_VIEWER -Deployment $sales.id -DagId daily
        $after = $token | Add-AstroApiTokenRole 'Run Watcher' -Deployment $sales.id -DagTag finance -PassThru
        $after.Roles | ForEach-Object { "$($_.EntityType) $($_.EntityId) $($_.Role) $($_.DeploymentId)".Trim() } | Should -Be @(
            "ORGANIZATION $($astro.organization.id) ORGANIZATION_MEMBER"
            "WORKSPACE $($data.id) WORKSPACE_MEMBER"
            "DEPLOYMENT $($sales.id) DAG Deployer"
            "DAG daily DAG_VIEWER $($sales.id)"
            "DAG_TAG finance Run Watcher $($sales.id)"
        )
    }

    It 'really grants: the token sees the deployment only with the role' {
        $token = New-AstroApiToken granted ORGANIZATION_MEMBER
        Connect-Astro -Name probe -NoDefault -ApiToken $token.Token -SkipValidation
        $path = "organizations/{organizationId}/deployments/$($sales.id)"
        (Get-Failure { Invoke-AstroRequest $path -Connection probe }).Id | Should -Be 'Forbidden'
        $token | Add-AstroApiTokenRole 'DAG Deployer' -Deployment $sales.id
        (Invoke-AstroRequest $path -Connection probe).id | Should -Be $sales.id
    }

    It 'uses the places of the connection where the role says the level' {
        $null = Set-AstroConnection -Workspace $analytics.id -Deployment $sales.id
        $token = New-AstroApiToken defaults ORGANIZATION_MEMBER
        $token | Add-AstroApiTokenRole WORKSPACE_MEMBER
        $after = $token | Add-AstroApiTokenRole DEPLOYMENT_ADMIN -PassThru
        $after.Roles.EntityId | Should -Be $astro.organization.id, $analytics.id, $sales.id
    }

    It 'refuses before anything is written: <Id>, <Case>' -ForEach @(
        @{ Id = 'RoleAboveScope'; Case = 'organization on a workspace token'; Token = 'workspaceMember'; Role = 'ORGANIZATION_MEMBER'; Places = { @{} } }
        @{ Id = 'RoleAboveScope'; Case = 'workspace on a deployment token'; Token = 'deploymentAdmin'; Role = 'WORKSPACE_MEMBER'; Places = { @{ Workspace = $data.id } } }
        @{ Id = 'SecondOwnRole'; Case = 'a second workspace'; Token = 'workspaceMember'; Role = 'WORKSPACE_MEMBER'; Places = { @{ Workspace = $analytics.id } } }
        @{ Id = 'SecondOwnRole'; Case = 'a second deployment'; Token = 'deploymentAdmin'; Role = 'DEPLOYMENT_ADMIN'; Places = { @{ Deployment = $astro.deployments[1].id } } }
        @{ Id = 'TokenHasOtherRole'; Case = 'another role on the same'; Token = 'workspaceMember'; Role = 'WORKSPACE_AUTHOR'; Places = { @{ Workspace = $data.id } } }
        @{ Id = 'DagRoleNeedsDeploymentRole'; Case = 'a DAG without its deployment'; Token = 'organizationMember'; Role = 'DAG_VIEWER'; Places = { @{ Deployment = $sales.id; DagId = 'x' } } }
        @{ Id = 'DagRoleNeedsDeploymentRole'; Case = 'a tag without its deployment'; Token = 'organizationMember'; Role = 'DAG_VIEWER'; Places = { @{ Deployment = $sales.id; DagTag = 'x' } } }
        @{ Id = 'RoleScopeMismatch'; Case = 'a workspace role on a deployment'; Token = 'organizationMember'; Role = 'WORKSPACE_OWNER'; Places = { @{ Deployment = $sales.id } } }
        @{ Id = 'RoleScopeMismatch'; Case = 'a deployment role on a DAG'; Token = 'organizationMember'; Role = 'DEPLOYMENT_ADMIN'; Places = { @{ Deployment = $sales.id; DagId = 'x' } } }
        @{ Id = 'RolePlaceRequired'; Case = 'a custom role and no place'; Token = 'organizationMember'; Role = 'DAG Deployer'; Places = { @{} } }
        @{ Id = 'DeploymentRequired'; Case = 'a DAG and no deployment'; Token = 'organizationMember'; Role = 'DAG_VIEWER'; Places = { @{ DagId = 'x' } } }
    ) {
        $parameters = & $Places
        $failure = Get-Failure { Add-AstroApiTokenRole $Role -Id $astro.tokens.$Token.id @parameters }
        $failure.Id | Should -Be $Id
        $failure.Terminating | Should -BeFalse
        Get-Change | Should -BeNullOrEmpty
    }

    It 'puts a narrower role in place of the own one with -Replace; the value stays' {
        $token = New-AstroApiToken narrowed WORKSPACE_OWNER -Workspace $data.id
        $after = $token | Add-AstroApiTokenRole WORKSPACE_MEMBER -Workspace $data.id -Replace -PassThru
        "$($after.Roles)" | Should -Be 'WORKSPACE_MEMBER'
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
        Connect-Astro -Name probe -NoDefault -ApiToken $token.Token -SkipValidation
        (Get-Failure { New-AstroApiToken x WORKSPACE_MEMBER -Workspace $data.id -Connection probe }).Id | Should -Be 'Forbidden'
    }

    It 'sends nothing where the token holds the role already, and with -WhatIf' {
        $token = New-AstroApiToken has ORGANIZATION_MEMBER
        $token | Add-AstroApiTokenRole WORKSPACE_MEMBER -Workspace $data.id
        Clear-EmulatorRequest
        ($token | Add-AstroApiTokenRole WORKSPACE_MEMBER -Workspace $data.id -PassThru).Roles.Count | Should -Be 2
        $token | Add-AstroApiTokenRole DEPLOYMENT_ADMIN -Deployment $sales.id -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'completes the roles of what was named: <Line>' -ForEach @(
        @{ Line = 'Add-AstroApiTokenRole -Deployment d -DagId x -Role '; Expect = 'DAG_VIEWER', 'DAG_AUTHOR' }
        @{ Line = 'Add-AstroApiTokenRole -Workspace w -Role WORKSPACE_A'; Expect = 'WORKSPACE_ACCESSOR', 'WORKSPACE_AUTHOR' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Where-Object { $_ -cmatch '^[A-Z_]+$' } | Should -Be $Expect -Because 'custom roles that were seen come after them'
    }
}
