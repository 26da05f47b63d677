# Roles, and custom ones that are made.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/Places.ps1') }
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroRole' {
    BeforeEach { Reset-Session organizationOwner }

    It 'gives built-in roles, custom ones and templates, each with its permissions' {
        $roles = Get-AstroRole
        ($roles.Kind | Sort-Object -Unique) | Should -Be 'BuiltIn', 'Custom', 'Template'
        $roles | Where-Object { $_.Permissions.Count -eq 0 } | Should -BeNullOrEmpty
        ($roles | Where-Object Kind -EQ Custom).Name | Should -Be 'DAG Deployer', 'Token Keeper', 'Run Watcher'
        $deployer = Get-AstroRole 'DAG Deployer'
        $deployer.Permissions | Should -Be 'deployment.get', 'deployment.deploys.create'
        $deployer.Scope, $deployer.CreatedBy.FullName | Should -Be 'DEPLOYMENT', 'Amara Okafor'
        $deployer.Id | Should -Match '^c[a-z0-9]{24}$'
        (Get-AstroRole ORGANIZATION_OWNER).Id | Should -BeNullOrEmpty
    }

    It 'chooses by <Case>' -ForEach @(
        @{ Case = 'name'; Parameters = @{ Name = 'dag*' }; Expect = 'DAG_VIEWER', 'DAG_AUTHOR', 'DAG Deployer' }
        @{ Case = 'scope'; Parameters = @{ Scope = 'dag' }; Expect = 'DAG_VIEWER', 'DAG_AUTHOR', 'Run Watcher' }
        @{ Case = 'kind'; Parameters = @{ Kind = 'template' }; Expect = 'Deployment Viewer', 'Deployment Author', 'Deployment Operator' }
        @{ Case = 'kind and scope'; Parameters = @{ Kind = 'Custom'; Scope = 'Dag' }; Expect = 'Run Watcher' }
        @{ Case = 'two names'; Parameters = @{ Name = 'WORKSPACE_OWNER', 'Token*' }; Expect = 'WORKSPACE_OWNER', 'Token Keeper' }
    ) {
        (Get-AstroRole @Parameters).Name | Should -Be $Expect
    }

    It 'asks for the details of no role that is not wanted' {
        $null = Get-AstroRole 'DAG Deployer' -Kind Custom
        @(Get-SentRequest -Path '/roles/').Count | Should -Be 1
        $null = Get-AstroRole -Kind BuiltIn
        @(Get-SentRequest -Path '/roles/').Count | Should -Be 1
    }

    It 'has an error for a name that is not there, and none for a pattern' {
        $failure = Get-Failure { Get-AstroRole 'No Such', DAG_AUTHOR }
        $failure.Id | Should -Be 'AstroRoleNotFound'
        $failure.Output.Name | Should -Be 'DAG_AUTHOR'
        Get-AstroRole 'No*Such' | Should -BeNullOrEmpty
    }

    It 'fits into 80 columns' {
        $lines = Get-AstroRole | Out-String -Width 80 -Stream
        @($lines | Where-Object { $_ -match 'DAG Deployer +DEPLOYMENT +Custom +2 +Deploys' }).Count | Should -Be 1
        Get-AstroRole 'Run Watcher' | Format-List | Out-String | Should -Match 'dag\.dagRun\.get'
    }
}

Describe 'New-AstroRole' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session organizationOwner }

    It 'makes a role of permissions that really grants, and no more' {
        $role = New-AstroRole 'Keeper Two' -Permission deployment.get, deployment.apiTokens.get -Description 'looks only'
        $role.Kind, $role.Scope, $role.Description | Should -Be 'Custom', 'DEPLOYMENT', 'looks only'
        $token = New-AstroApiToken two 'Keeper Two' -Deployment $sales.id
        Connect-Astro -Name two -NoDefault -ApiToken $token.Token -SkipValidation
        @(Get-AstroApiToken -Deployment $sales.id -Connection two).Count | Should -BeGreaterThan 1
        (Get-Failure { New-AstroApiToken x DEPLOYMENT_ADMIN -Deployment $sales.id -Connection two }).Id | Should -Be 'Forbidden'
    }

    It 'takes the least for a job: <Preset>' -ForEach @(
        @{ Preset = 'DagDeploy'; Expect = 'deployment.get', 'deployment.deploys.create' }
        @{ Preset = 'AirflowTrigger'; Expect = 'deployment.get', 'deployment.airflow.dag.get', 'deployment.airflow.dag.update', 'deployment.airflow.dagRun.get', 'deployment.airflow.dagRun.create', 'deployment.airflow.taskInstance.get' }
    ) {
        (New-AstroRole "least $Preset" -LeastPrivilege $Preset).Permissions | Should -Be $Expect
    }

    It 'makes ReadOnly of what Astro offers to read, without what holds passwords' {
        $permissions = (New-AstroRole 'least ReadOnly' -LeastPrivilege readonly).Permissions
        $permissions | Should -Contain 'deployment.logs.get'
        $permissions | Where-Object { $_ -notlike '*.get' -or $_ -match 'connection|variable|envObjects' } | Should -BeNullOrEmpty
        (New-AstroRole 'least dag' -LeastPrivilege ReadOnly -Scope Dag).Permissions | Should -Be 'dag.dagRun.get', 'dag.get', 'dag.taskLog.get'
    }

    It 'adds permissions to a preset' {
        (New-AstroRole 'a little more' deployment.deploys.get -LeastPrivilege DagDeploy).Permissions | Should -Be 'deployment.get', 'deployment.deploys.create', 'deployment.deploys.get'
    }

    It 'takes over another role from the pipeline' {
        $template = Get-AstroRole 'Deployment Viewer' -Kind Template
        $role = $template | New-AstroRole -Name 'Sales Viewer'
        $role.Permissions | Should -Be $template.Permissions
        (Get-AstroRole 'Run Watcher' | New-AstroRole -Name 'Run Watcher 2').Scope | Should -Be 'DAG'
    }

    It 'restricts the role to workspaces, and Astro holds to it' {
        $role = New-AstroRole 'Data Only' -LeastPrivilege DagDeploy -Workspace $data.name
        $role.RestrictedWorkspaceIds | Should -Be $data.id
        $null = New-AstroApiToken inside 'Data Only' -Deployment $sales.id
        $failure = Get-Failure { New-AstroApiToken outside 'Data Only' -Deployment $astro.deployments[2].id }
        $failure.Id | Should -Be 'InvalidRequest'
        $failure.Message | Should -BeLike '*restricted to other Workspaces*'
    }

    It 'refuses before anything is made: <Id>, <Case>' -ForEach @(
        @{ Id = 'PermissionNotOffered'; Case = 'an action that is not there'; Parameters = @{ Permission = 'deployment.deploys.delete' }; Says = '*deployment.deploys.create*' }
        @{ Id = 'PermissionNotOffered'; Case = 'a group that is not there'; Parameters = @{ Permission = 'deploymnt.get' }; Says = '*deployment.deploys,*' }
        @{ Id = 'PermissionNotOffered'; Case = 'a permission of another scope'; Parameters = @{ Permission = 'deployment.get'; Scope = 'Dag' }; Says = '*scope DAG*' }
        @{ Id = 'PresetNotOffered'; Case = 'a preset of another scope'; Parameters = @{ LeastPrivilege = 'DagDeploy'; Scope = 'Dag' }; Says = '*deployment.deploys.create*' }
        @{ Id = 'RoleNeedsPermission'; Case = 'nothing permitted'; Parameters = @{}; Says = '*-LeastPrivilege*' }
        @{ Id = 'WorkspaceNotFound'; Case = 'an unknown workspace'; Parameters = @{ LeastPrivilege = 'DagDeploy'; Workspace = 'nowhere' }; Says = '*nowhere*' }
    ) {
        $failure = Get-Failure { New-AstroRole 'refused' @Parameters }
        $failure.Id | Should -Be $Id
        $failure.Message | Should -BeLike $Says
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says what a preset misses where Astro does not offer it' {
        $groups = ConvertTo-Json @(@{ name = 'deployment'; scope = 'DEPLOYMENT'; description = ''; permissions = @(@{ action = 'get'; description = '' }) }) -Depth 5
        $null = Add-EmulatorFault @{ path = '/permission-groups$'; status = 200; body = $groups; headers = @{ 'Content-Type' = 'application/json' } }
        $failure = Get-Failure { New-AstroRole 'not here' -LeastPrivilege DagDeploy }
        $failure.Id | Should -Be 'PresetNotOffered'
        $failure.Message | Should -BeLike '*needs deployment.deploys.create,*'
    }

    It 'refuses a name that is taken, by a custom role or a built-in one' {
        (Get-Failure { New-AstroRole 'DAG Deployer' -LeastPrivilege DagDeploy }).Id | Should -Be 'RoleNameTaken'
        (Get-Failure { New-AstroRole WORKSPACE_OWNER -LeastPrivilege DagDeploy }).Id | Should -Be 'RoleNameTaken'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'finds the role when the answer to its creation got lost' {
        $null = Add-EmulatorFault @{ method = 'POST'; path = '/roles$'; cut = 'after' }
        (New-AstroRole 'lost and found' -LeastPrivilege DagDeploy).Permissions.Count | Should -Be 2
        @(Get-AstroRole 'lost and found').Count | Should -Be 1
    }

    It 'makes nothing with -WhatIf' {
        New-AstroRole ghost -LeastPrivilege DagDeploy -WhatIf | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'completes documented permissions' {
        $line = 'New-AstroRole x -Permission deployment.deploys.'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'deployment.deploys.get', 'deployment.deploys.create', 'deployment.deploys.update'
    }

    It 'is for owners of the organization' {
        Connect-As workspaceOwner
        (Get-Failure { New-AstroRole mine -LeastPrivilege DagDeploy }).Id | Should -Be 'Forbidden'
    }
}
