# Invoke-AstroApiTokenRotation: a new value into the vault, the old token gone, and nothing lost on the way.

BeforeAll {
    'Emulator', 'Session', 'TestVault' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $ConfirmPreference = 'None'
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    function Get-Kept($Name, $Vault = 'V') { Get-Secret -Name $Name -Vault $Vault -AsPlainText -ErrorAction Ignore }
    function New-Kept($Name) { New-AstroApiToken $Name -Role WORKSPACE_AUTHOR -Workspace $astro.workspaces[0].id -Description "about $Name" -ExpiresInDays 30 -Vault V -SecretName $Name }
}
AfterAll {
    Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
    Stop-TestEmulator
}

Describe 'Invoke-AstroApiTokenRotation' {
    BeforeEach {
        Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
        Register-SecretVault -Name V -ModuleName AstroTestVault
        Reset-Session
        Connect-Astro -ApiToken $owner -SkipValidation
    }

    It 'replaces a token by a successor that is like it, and removes the old one' {
        $old = New-Kept 'plain'
        $before = Get-Kept 'plain'
        $result = Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName plain
        $result.Status | Should -Be 'Rotated'
        $result.OldId | Should -Be $old.Id
        $result.NewId | Should -Not -Be $old.Id
        Test-EmulatorToken (Get-Kept 'plain') | Should -BeTrue
        Test-EmulatorToken $before | Should -BeFalse
        $new = Get-AstroApiToken plain
        @($new).Count | Should -Be 1
        $new.Id | Should -Be $result.NewId
        $new.Description | Should -Be 'about plain'
        $new.ExpiryPeriodInDays | Should -Be 30
    }

    It 'rotates in place' {
        $old = New-Kept 'inplace'
        $before = Get-Kept 'inplace'
        $result = $old | Invoke-AstroApiTokenRotation -Strategy InPlace
        $result.Status | Should -Be 'Rotated'
        $result.NewId | Should -Be $old.Id
        Test-EmulatorToken (Get-Kept 'inplace') | Should -BeTrue
        Test-EmulatorToken $before | Should -BeFalse
        (Get-AstroApiToken inplace).Description | Should -Be 'about inplace'
    }
}
