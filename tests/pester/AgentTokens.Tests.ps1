# Tokens for the agents of a deployment.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/TestVault.psm1') -Force
    Import-Module Microsoft.PowerShell.SecretManagement
    $astro = Start-Astro
    $sales = $astro.deployments[0]
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroAgentToken' {
    BeforeEach { Reset-Session organizationOwner }

    BeforeAll {
        Reset-Session organizationOwner
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
        Connect-As deploymentDeployer
        (Get-Failure { Get-AstroAgentToken -Deployment $sales.id }).Id | Should -Be 'Forbidden'
    }
}

Describe 'New-AstroAgentToken' {
    BeforeAll { Reset-Emulator }
    AfterAll { Reset-TestVault }
    BeforeEach {
        Reset-TestVault V
        Reset-Session organizationOwner
        $new = @{ Deployment = $sales.name; Vault = 'V'; SecretName = 'agents' }
    }

    It 'creates a token that ends in 90 days and opens nothing of the API' {
        $token = New-AstroAgentToken fresh -Deployment $sales.id -Description 'for the agents'
        $token.ExpiryPeriodInDays | Should -Be 90
        $token.DeploymentId | Should -Be $sales.id
        $token.Description | Should -Match '^for the agents \[astroauth:made [0-9a-f]{32}\]$'
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
        Connect-Astro -Name agent -NoDefault -ApiToken $token.Token -SkipValidation
        (Get-Failure { Invoke-AstroRequest organizations -Connection agent }).Id | Should -Be 'Forbidden'
        (New-AstroAgentToken ever -Deployment $sales.id -NeverExpires).ExpiresOn | Should -BeNullOrEmpty
    }

    It 'keeps the value in a vault' {
        $token = New-AstroAgentToken kept @new
        Get-Secret -Name agents -Vault V -AsPlainText | Should -BeExactly (ConvertTo-Plain $token.Token)
        Test-EmulatorToken (Get-Secret -Name agents -Vault V -AsPlainText) | Should -BeTrue
        (Get-SecretInfo -Name agents -Vault V).Metadata['AstroTokenId'] | Should -Be $token.Id
    }

    It 'removes the token again when the vault fails: <Mode>' -ForEach @(@{ Mode = 'locked' }, @{ Mode = 'writefail' }, @{ Mode = 'writedrop' }) {
        Set-Secret -Name agents -Secret former -Vault V
        Set-TestVaultMode V $Mode
        (Get-Failure { New-AstroAgentToken broken @new }).Id | Should -Be 'NewTokenNotStored'
        Set-TestVaultMode V ''
        Get-AstroAgentToken 'broken*' -Deployment $sales.id | Should -BeNullOrEmpty
        Get-Secret -Name agents -Vault V -AsPlainText | Should -BeExactly 'former'
    }

    It 'leaves no token that nobody knows when the answer gets lost, and touches no other of that name' {
        $other = New-AstroAgentToken lost -Deployment $sales.id
        $null = Add-EmulatorFault @{ method = 'POST'; path = '/agent-tokens$'; cut = 'after' }
        $token = New-AstroAgentToken lost -Deployment $sales.id
        (Get-AstroAgentToken lost -Deployment $sales.id).Id | Should -Be $other.Id, $token.Id
        Test-EmulatorToken (ConvertTo-Plain $token.Token) | Should -BeTrue
    }

    It 'refuses before a request: <Id>' -ForEach @(
        @{ Id = 'DeploymentRequired'; Parameters = @{} }
        @{ Id = 'AgentDescriptionTooLong'; Parameters = @{ Description = 'x' * 470 } }
        @{ Id = 'VaultWithoutSecretName'; Parameters = @{ Vault = 'V' } }
        @{ Id = 'InvalidSecretName'; Parameters = @{ Vault = 'V'; SecretName = 'a*b' } }
    ) {
        (Get-Failure { New-AstroAgentToken refused @Parameters }).Id | Should -Be $Id
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'creates nothing with -WhatIf' {
        New-AstroAgentToken ghost @new -WhatIf | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
        Get-Secret -Name agents -Vault V -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'shows the token without its value' {
        $token = New-AstroAgentToken shown -Deployment $sales.id
        $value = ConvertTo-Plain $token.Token
        ($token | Format-List * | Out-String -Width 4096) + ($token | ConvertTo-Json -Depth 4) + [Management.Automation.PSSerializer]::Serialize($token) |
            Should -Not -Match ([regex]::Escape($value))
    }
}

Describe 'Remove-AstroAgentToken' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session organizationOwner }

    It 'removes tokens from the pipeline, with the deployment they bring along' {
        $made = 'a-1', 'a-2', 'b-1' | ForEach-Object { New-AstroAgentToken $_ -Deployment $sales.id }
        Get-AstroAgentToken 'a-*' -Deployment $sales.id | Remove-AstroAgentToken -Confirm:$false | Should -BeNullOrEmpty
        (Get-AstroAgentToken -Deployment $sales.id).Name | Should -Be 'b-1'
        $made | ForEach-Object { Test-EmulatorToken (ConvertTo-Plain $_.Token) } | Should -Be $false, $false, $true
        $made[2] | Remove-AstroAgentToken -Confirm:$false
        Get-AstroAgentToken -Deployment $sales.id | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf, and asks High' {
        $made = New-AstroAgentToken stays -Deployment $sales.id
        Remove-AstroAgentToken $made.Id -Deployment $sales.name -WhatIf
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeTrue
        $attribute = (Get-Command Remove-AstroAgentToken).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
        "$($attribute.ConfirmImpact)" | Should -Be 'High'
    }

    It 'knows no API tokens' {
        $failure = Get-Failure { Remove-AstroAgentToken $astro.tokens.deploymentAdmin.id -Deployment $sales.id -Confirm:$false }
        $failure.Id | Should -Be 'NotFound'
        Test-EmulatorToken $astro.tokens.deploymentAdmin.value | Should -BeTrue
    }
}
