# Vaults that read badly: what SecretManagement, the double or the real one, makes of it.

BeforeAll {
    'TestVault', 'VaultFailure' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module Microsoft.PowerShell.SecretManagement
}

Describe 'Microsoft.PowerShell.SecretManagement' {
    BeforeEach {
        Register-SecretVault -Name A -ModuleName AstroTestVault
        Register-SecretVault -Name B -ModuleName AstroTestVault
    }
    AfterEach {
        Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
    }

    Context 'vaults that read badly' {
        BeforeEach { Set-Secret -Name s -Secret 'text' -Vault A }

        It 'locked: Get-Secret reports the exception that callers know by name' {
            Set-TestVaultMode A locked
            $failure = Get-Failure { Get-Secret -Name s -Vault A }
            $failure.Terminating | Should -BeFalse
            $failure.Ids | Should -Be 'GetSecretException'
            $names = for ($e = $failure.Records[0].Exception; $e; $e = $e.InnerException) { $e.GetType().FullName }
            $names | Should -Contain 'Microsoft.PowerShell.SecretManagement.PasswordRequiredException'
            (Get-Failure { Get-SecretInfo -Name s -Vault A }).Ids | Should -Be 'GetSecretInfoException'
        }

        It 'locked: <Name> ends with the same id' -ForEach @(
            @{ Name = 'Set-Secret'; Call = { Set-Secret -Name s -Secret t -Vault A } }
            @{ Name = 'Set-SecretInfo'; Call = { Set-SecretInfo -Name s -Metadata @{ a = 'b' } -Vault A } }
            @{ Name = 'Remove-Secret'; Call = { Remove-Secret -Name s -Vault A } }
            @{ Name = 'Test-SecretVault'; Call = { Test-SecretVault -Name A } }
            @{ Name = 'Get-Secret without a vault'; Call = { Get-Secret -Name s } }
        ) {
            Set-TestVaultMode A locked
            $failure = Get-Failure $Call
            $failure.Terminating | Should -BeTrue
            $failure.Ids | Should -Be 'Microsoft.PowerShell.SecretManagement.PasswordRequiredException'
        }

        It 'unlocks with the right password only' {
            Set-TestVaultMode A locked
            (Get-Failure { Unlock-SecretVault -Name A -Password (ConvertTo-Secure 'wrong') }).Ids | Should -Be 'AstroTestVaultUnlockFailed'
            Unlock-SecretVault -Name A -Password (ConvertTo-Secure 'open')
            Get-Secret -Name s -Vault A -AsPlainText | Should -Be 'text'
        }

        It '<Mode>: reports <Ids>' -ForEach @(
            @{ Mode = 'lockedtext'; Ids = 'GetSecretInvalidOperation', 'GetSecretNotFound' }
            @{ Mode = 'readfail'; Ids = 'GetSecretInvalidOperation', 'GetSecretNotFound' }
            @{ Mode = 'readerror'; Ids = 'AstroTestVaultReadError', 'GetSecretNotFound' }
            @{ Mode = 'readint'; Ids = 'GetSecretInvalidOperation', 'GetSecretNotFound' }
        ) {
            Set-TestVaultMode A $Mode
            (Get-Failure { Get-Secret -Name s -Vault A }).Ids | Should -Be $Ids
        }

        It 'takes the first of two values, and a value among noise' {
            Set-TestVaultMode A readtwo
            Get-Secret -Name s -Vault A -AsPlainText | Should -Be 'first'
            Set-TestVaultMode A readnoise
            Get-Secret -Name s -Vault A -AsPlainText -WarningAction Ignore -InformationAction Ignore 6>$null | Should -Be 'text'
        }

        It '<Mode>: Get-SecretInfo gives nothing, and <Ids>' -ForEach @(
            @{ Mode = 'infofail'; Ids = 'GetSecretInfoInvalidOperation' }
            @{ Mode = 'infodup'; Ids = 'GetSecretInfoException' }
            @{ Mode = 'infoempty'; Ids = @() }
        ) {
            Set-TestVaultMode A $Mode
            $failure = Get-Failure { Get-SecretInfo -Vault A }
            $failure.Output | Should -BeNullOrEmpty
            $failure.Ids | Should -Be $Ids
        }

        It 'waits two seconds when slow' {
            Set-TestVaultMode A slow
            (Measure-Command { Get-Secret -Name s -Vault A }).TotalSeconds | Should -BeGreaterThan 1.9
        }

        It 'fails a call that meets another, as busy' {
            Set-TestVaultMode A slow
            $rival = Start-ThreadJob { Microsoft.PowerShell.SecretManagement\Get-Secret -Name s -Vault A -AsPlainText }
            try {
                $before = Get-TestVaultCall A
                while ((Get-TestVaultCall A) -eq $before -and $rival.State -in 'NotStarted', 'Running') { Start-Sleep -Milliseconds 10 }
                $failure = Get-Failure { Get-Secret -Name s -Vault A -AsPlainText }
                $failure.Ids[0] | Should -Be 'GetSecretInvalidOperation'
                $inner = $failure.Records[0].Exception.InnerException
                $inner | Should -BeOfType System.Management.Automation.PSInvalidOperationException
                $inner.ErrorRecord.FullyQualifiedErrorId | Should -Be 'InvalidOperation'
                $rival | Receive-Job -Wait | Should -Be 'text'
            }
            finally { $rival | Remove-Job -Force }
        }
    }
}
