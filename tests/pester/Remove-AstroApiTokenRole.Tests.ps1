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

Describe 'Remove-AstroApiTokenRole' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    }

    BeforeAll {
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
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.workspaceOwner.value) -SkipValidation
        (Get-Failure { Remove-AstroApiTokenRole -Id $spread -Workspace $data.id }).Id | Should -Be 'Forbidden'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        $spread = New-Spread 'what if'
        Remove-AstroApiTokenRole -Id $spread -Workspace $data.id -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }
}
