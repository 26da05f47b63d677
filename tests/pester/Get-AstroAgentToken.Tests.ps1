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

Describe 'Get-AstroAgentToken' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    }

    BeforeAll {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
        $made = 'agents-eu', 'agents-us', 'trial' | ForEach-Object { New-AstroAgentToken $_ -Deployment $sales.id }
    }

    It 'gives those of the deployment, and no other tokens' {
        $found = Get-AstroAgentToken -Deployment $sales.name
        $found.Name | Should -Be 'agents-eu', 'agents-us', 'trial'
        $found.DeploymentId | Should -Be $sales.id, $sales.id, $sales.id
        $found | Where-Object { $_.PSObject.Properties['Token'] } | Should -BeNullOrEmpty
        Get-AstroAgentToken -Deployment $astro.deployments[1].id | Should -BeNullOrEmpty
        Get-AstroApiToken 'agents-*' | Should -BeNullOrEmpty
    }

    It 'chooses by name, by id, and by the deployment of the connection' {
        (Get-AstroAgentToken 'AGENTS-*' -Deployment $sales.id).Name | Should -Be 'agents-eu', 'agents-us'
        (Get-AstroAgentToken -Id $made[2].Id -Deployment $sales.id).Name | Should -Be 'trial'
        (Get-Failure { Get-AstroAgentToken }).Id | Should -Be 'DeploymentRequired'
        $null = Set-AstroConnection -Deployment $sales.id
        @(Get-AstroAgentToken).Count | Should -Be 3
    }

    It 'has an error for what is not there' {
        (Get-Failure { Get-AstroAgentToken nobody -Deployment $sales.id }).Id | Should -Be 'AgentTokenNotFound'
        (Get-Failure { Get-AstroAgentToken -Id $made[0].Id -Deployment $astro.deployments[1].id }).Id | Should -Be 'NotFound'
        Get-AstroAgentToken 'nobody*' -Deployment $sales.id | Should -BeNullOrEmpty
    }

    It 'is forbidden to who may not see tokens of the deployment' {
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.deploymentDeployer.value) -SkipValidation
        (Get-Failure { Get-AstroAgentToken -Deployment $sales.id }).Id | Should -Be 'Forbidden'
    }
}
