BeforeAll {
    'Emulator', 'Session', 'TestVault' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $sales = $astro.deployments[0]
    function Get-Change { @(Get-SentRequest | Where-Object method -NE GET) }
}
AfterAll {
    Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
    Stop-TestEmulator
}

Describe 'New-AstroAgentToken' {
    BeforeEach {
        Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
        Register-SecretVault -Name V -ModuleName AstroTestVault
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
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
