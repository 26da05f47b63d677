# Roles that tokens are given and lose.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/Places.ps1')

    # What -WhatIf says goes to the host, and from there into a transcript.
    function Get-WhatIf([scriptblock] $Script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript -Path $file
        try { & $Script } finally { $null = Stop-Transcript }
        (Get-Content $file | Where-Object { $_ -like 'What if:*' }) -join "`n"
    }
}
AfterAll { Stop-TestEmulator }

Describe 'Add-AstroApiTokenRole' {
    BeforeEach { Reset-Session organizationOwner }

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

    It 'says with -WhatIf on what, in the words of the user and with its id: <Case>' -ForEach @(
        @{ Case = 'a deployment by its name'; Role = 'DEPLOYMENT_ADMIN'; Places = { @{ Deployment = 'sales-etl' } }; Said = { "Add role DEPLOYMENT_ADMIN on deployment 'sales-etl' ($($sales.id))" } }
        @{ Case = 'a workspace by its name'; Role = 'WORKSPACE_MEMBER'; Places = { @{ Workspace = $data.name } }; Said = { "Add role WORKSPACE_MEMBER on workspace '$($data.name)' ($($data.id))" } }
        @{ Case = 'a deployment by its id'; Role = 'DEPLOYMENT_ADMIN'; Places = { @{ Deployment = $sales.id } }; Said = { "Add role DEPLOYMENT_ADMIN on deployment $($sales.id)" } }
    ) {
        $splat = & $Places
        $token = New-AstroApiToken "said $Case" ORGANIZATION_MEMBER
        $told = Get-WhatIf { $token | Add-AstroApiTokenRole $Role @splat -WhatIf }
        $told | Should -Match ([regex]::Escape("`"$(& $Said)`""))
        $told | Should -BeLike "*said $Case*"
    }

    It 'completes the roles of what was named: <Line>' -ForEach @(
        @{ Line = 'Add-AstroApiTokenRole -Deployment d -DagId x -Role '; Expect = 'DAG_VIEWER', 'DAG_AUTHOR' }
        @{ Line = 'Add-AstroApiTokenRole -Workspace w -Role WORKSPACE_A'; Expect = 'WORKSPACE_ACCESSOR', 'WORKSPACE_AUTHOR' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Where-Object { $_ -cmatch '^[A-Z_]+$' } | Should -Be $Expect -Because 'custom roles that were seen come after them'
    }
}

Describe 'Remove-AstroApiTokenRole' {
    BeforeEach { Reset-Session organizationOwner }

    BeforeAll {
        Reset-Emulator
        function New-Spread([string] $Name) {
            (New-EmulatorToken @{
                scope = 'ORGANIZATION'; name = $Name; role = 'ORGANIZATION_MEMBER'; roles = @(
                    @{ entityType = 'ORGANIZATION'; entityId = $astro.organization.id; role = 'ORGANIZATION_MEMBER' }
                    @{ entityType = 'WORKSPACE'; entityId = $data.id; role = 'WORKSPACE_AUTHOR' }
                    @{ entityType = 'DEPLOYMENT'; entityId = $sales.id; role = 'DAG Deployer' }
                    @{ entityType = 'DAG'; entityId = 'daily'; role = 'DAG_VIEWER'; deploymentId = $sales.id }
                    @{ entityType = 'DAG_TAG'; entityId = 'daily'; role = 'DAG_VIEWER'; deploymentId = $sales.id }
                )
            }).id
        }
    }

    It 'takes one role and keeps every other: <Case>' -ForEach @(
        @{ Case = 'workspace'; Parameters = { @{ Workspace = $data.name } }; Left = 'ORGANIZATION', 'DEPLOYMENT', 'DAG', 'DAG_TAG' }
        @{ Case = 'a DAG'; Parameters = { @{ Deployment = $sales.name; DagId = 'daily' } }; Left = 'ORGANIZATION', 'WORKSPACE', 'DEPLOYMENT', 'DAG_TAG' }
        @{ Case = 'a tag'; Parameters = { @{ Deployment = $sales.id; DagTag = 'daily'; Role = 'DAG_VIEWER' } }; Left = 'ORGANIZATION', 'WORKSPACE', 'DEPLOYMENT', 'DAG' }
    ) {
        $splat = & $Parameters
        $after = Get-AstroApiToken -Id (New-Spread "spread $Case") | Remove-AstroApiTokenRole @splat -PassThru
        $after.Roles.EntityType | Should -Be $Left
    }

    It 'refuses before anything is written: <Id>, <Case>' -ForEach @(
        @{ Id = 'OwnRoleStays'; Case = 'the own role'; Parameters = { @{ Role = 'ORGANIZATION_MEMBER' } } }
        @{ Id = 'DagRolesRemain'; Case = 'a deployment with DAGs'; Parameters = { @{ Deployment = $sales.id } } }
        @{ Id = 'TokenRoleNotFound'; Case = 'no role there'; Parameters = { @{ Workspace = $analytics.id } } }
        @{ Id = 'TokenRoleNotFound'; Case = 'another role there'; Parameters = { @{ Workspace = $data.id; Role = 'WORKSPACE_OWNER' } } }
        @{ Id = 'RolePlaceRequired'; Case = 'nothing named'; Parameters = { @{} } }
    ) {
        $splat = & $Parameters
        $spread = New-Spread "refused $Case"
        $failure = Get-Failure { Remove-AstroApiTokenRole -Id $spread @splat }
        $failure.Id | Should -Be $Id
        Get-Change | Should -BeNullOrEmpty
    }

    It 'really takes away' {
        $minted = New-EmulatorToken @{ scope = 'ORGANIZATION'; role = 'ORGANIZATION_MEMBER'; roles = @(@{ entityType = 'WORKSPACE'; entityId = $data.id; role = 'WORKSPACE_AUTHOR' }) }
        Connect-Astro -Name probe -NoDefault -ApiToken (ConvertTo-Secure $minted.value) -SkipValidation
        (Invoke-AstroRequest "organizations/{organizationId}/workspaces/$($data.id)" -Connection probe).id | Should -Be $data.id
        Remove-AstroApiTokenRole -Id $minted.id -Workspace $data.id
        (Get-Failure { Invoke-AstroRequest "organizations/{organizationId}/workspaces/$($data.id)" -Connection probe }).Id | Should -Be 'Forbidden'
    }

    It 'is refused where the token cannot be read, so that no role gets lost unseen' {
        $spread = New-Spread 'managed below'
        Connect-As workspaceOwner
        (Get-Failure { Remove-AstroApiTokenRole -Id $spread -Workspace $data.id }).Id | Should -Be 'Forbidden'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        $spread = New-Spread 'what if'
        Remove-AstroApiTokenRole -Id $spread -Workspace $data.id -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says with -WhatIf from what, in the words of the user and with its id: <Case>' -ForEach @(
        @{ Case = 'workspace'; Places = { @{ Workspace = $data.name } }; Said = { "Remove role WORKSPACE_AUTHOR on workspace '$($data.name)' ($($data.id))" } }
        @{ Case = 'DAG'; Places = { @{ Deployment = $sales.name; DagId = 'daily' } }; Said = { "Remove role DAG_VIEWER on DAG 'daily' of deployment '$($sales.name)' ($($sales.id))" } }
        @{ Case = 'DAG tag'; Places = { @{ Deployment = $sales.name; DagTag = 'daily' } }; Said = { "Remove role DAG_VIEWER on DAGs tagged 'daily' of deployment '$($sales.name)' ($($sales.id))" } }
    ) {
        $splat = & $Places
        $spread = New-Spread "said $Case"
        Get-WhatIf { Remove-AstroApiTokenRole -Id $spread @splat -WhatIf } | Should -Match ([regex]::Escape("`"$(& $Said)`""))
    }
}
