# Custom roles that are changed and removed.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/Places.ps1') }
AfterAll { Stop-TestEmulator }

Describe 'Set-AstroRole' {
    BeforeEach { Reset-Session organizationOwner }

    It 'adds and removes permissions, which count at once for who holds the role' {
        $null = New-AstroRole 'Growing' -Permission deployment.get
        $token = New-AstroApiToken grows 'Growing' -Deployment $sales.id
        Connect-Astro -Name grows -NoDefault -ApiToken $token.Token -SkipValidation
        $list = { Get-AstroApiToken -Deployment $sales.id -Connection grows }
        (Get-Failure $list).Id | Should -Be 'Forbidden'
        Set-AstroRole 'Growing' -AddPermission deployment.apiTokens.get | Should -BeNullOrEmpty
        (Get-Failure $list).Records | Should -BeNullOrEmpty
        (Set-AstroRole 'Growing' -RemovePermission deployment.apiTokens.get -PassThru).Permissions | Should -Be 'deployment.get'
        (Get-Failure $list).Id | Should -Be 'Forbidden'
    }

    It 'changes only what is named' {
        $made = New-AstroRole 'Keeps' -LeastPrivilege DagDeploy -Description before -Workspace $data.id
        $after = Set-AstroRole 'Keeps' -Description after -PassThru
        $after.Description, $after.Name, $after.Id | Should -Be 'after', 'Keeps', $made.Id
        $after.Permissions | Should -Be $made.Permissions
        $after.RestrictedWorkspaceIds | Should -Be $data.id
        (Set-AstroRole 'Keeps' -Workspace @() -PassThru).RestrictedWorkspaceIds | Should -BeNullOrEmpty
        (Set-AstroRole 'Keeps' -Permission deployment.logs.get -PassThru).Permissions | Should -Be 'deployment.logs.get'
    }

    It 'renames; who holds the role keeps it' {
        $null = New-AstroRole 'Old Name' -LeastPrivilege DagDeploy
        $token = New-AstroApiToken renamed 'Old Name' -Deployment $sales.id
        (Set-AstroRole 'Old Name' -NewName 'New Name' -PassThru).Name | Should -Be 'New Name'
        "$((Get-AstroApiToken -Id $token.Id).Roles)" | Should -Be 'New Name'
        (Get-Failure { Set-AstroRole 'Old Name' -Description x }).Id | Should -Be 'RoleNotFound'
    }

    It 'refuses before anything is changed: <Id>, <Case>' -ForEach @(
        @{ Id = 'RoleNotFound'; Case = 'no such role'; Role = 'nobody'; Parameters = @{ Description = 'x' } }
        @{ Id = 'RoleNotCustom'; Case = 'a built-in one'; Role = 'WORKSPACE_OWNER'; Parameters = @{ Description = 'x' } }
        @{ Id = 'RoleNotCustom'; Case = 'a template'; Role = 'Deployment Viewer'; Parameters = @{ Description = 'x' } }
        @{ Id = 'NothingToSet'; Case = 'no change'; Role = 'DAG Deployer'; Parameters = @{} }
        @{ Id = 'RoleNameTaken'; Case = 'a name that is taken'; Role = 'DAG Deployer'; Parameters = @{ NewName = 'Token Keeper' } }
        @{ Id = 'PermissionNotOffered'; Case = 'an unknown permission'; Role = 'DAG Deployer'; Parameters = @{ AddPermission = 'deployment.fly' } }
        @{ Id = 'PermissionNotOffered'; Case = 'an unknown one to remove'; Role = 'DAG Deployer'; Parameters = @{ RemovePermission = 'deployment.deploy.create' } }
        @{ Id = 'RoleNeedsPermission'; Case = 'nothing left'; Role = 'DAG Deployer'; Parameters = @{ RemovePermission = 'deployment.get', 'deployment.deploys.create' } }
    ) {
        (Get-Failure { Set-AstroRole $Role @Parameters }).Id | Should -Be $Id
        Get-Change | Should -BeNullOrEmpty
    }

    It 'sends nothing where nothing would change, and with -WhatIf' {
        Get-AstroRole 'DAG Deployer' | Set-AstroRole -AddPermission deployment.get
        Set-AstroRole 'DAG Deployer' -NewName 'Other' -AddPermission deployment.logs.get -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Remove-AstroRole' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session organizationOwner }

    It 'removes roles from the pipeline' {
        'test a', 'test b' | ForEach-Object { $null = New-AstroRole $_ -LeastPrivilege DagDeploy }
        Get-AstroRole 'test *' | Remove-AstroRole -Confirm:$false
        Get-AstroRole 'test *' | Should -BeNullOrEmpty
        (Get-Failure { New-AstroApiToken x 'test a' -Deployment $sales.id }).Id | Should -Be 'InvalidRequest'
    }

    It 'passes on that Astro keeps a role that is held' {
        $failure = Get-Failure { Remove-AstroRole 'DAG Deployer' -Confirm:$false }
        $failure.Id | Should -Be 'InvalidRequest'
        $failure.Message | Should -BeLike '*still assigned*'
        (Get-AstroRole 'DAG Deployer').Kind | Should -Be 'Custom'
    }

    It 'refuses what is no custom role, and goes on' {
        $null = New-AstroRole last -LeastPrivilege DagDeploy
        $failure = Get-Failure { 'WORKSPACE_OWNER', 'nobody', 'last' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | Remove-AstroRole -Confirm:$false }
        $failure.Records | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Should -Be 'RoleNotCustom', 'RoleNotFound'
        Get-AstroRole 'las*' | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf, and asks High' {
        Remove-AstroRole 'Token Keeper' -WhatIf
        Get-Change | Should -BeNullOrEmpty
        $attribute = (Get-Command Remove-AstroRole).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
        "$($attribute.ConfirmImpact)" | Should -Be 'High'
    }
}
