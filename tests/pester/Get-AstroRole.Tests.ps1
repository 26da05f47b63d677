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

Describe 'Get-AstroRole' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    }

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
        (Get-Failure { Get-AstroRole 'No Such' }).Id | Should -Be 'AstroRoleNotFound'
        Get-AstroRole 'No*Such' | Should -BeNullOrEmpty
    }

    It 'fits into 80 columns' {
        $lines = Get-AstroRole | Out-String -Width 80 -Stream
        @($lines | Where-Object { $_ -match 'DAG Deployer +DEPLOYMENT +Custom +2 +Deploys' }).Count | Should -Be 1
        Get-AstroRole 'Run Watcher' | Format-List | Out-String | Should -Match 'dag\.dagRun\.get'
    }
}
