# Vaults that read badly, and what is written to vaults, with its metadata, well and badly: what SecretManagement, the double
# or the real one, makes of it.

BeforeAll {
    'TestVault', 'VaultFailure' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module Microsoft.PowerShell.SecretManagement
}

Describe 'Microsoft.PowerShell.SecretManagement' {
    BeforeEach { Reset-TestVault A, B }
    AfterEach { Reset-TestVault }

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

    Context 'writing' {
        It '<Mode>: reports <Ids> and keeps the old value' -ForEach @(
            @{ Mode = 'writefail'; Ids = 'SetSecretInvalidOperation' }
            @{ Mode = 'writeerror'; Ids = 'AstroTestVaultWriteError' }
            @{ Mode = 'writedrop'; Ids = @() }
            @{ Mode = 'writefalse'; Ids = @() }
        ) {
            Set-Secret -Name s -Secret 'old' -Vault A
            Set-TestVaultMode A $Mode
            $failure = Get-Failure { Set-Secret -Name s -Secret 'new' -Vault A }
            $failure.Ids | Should -Be $Ids
            $failure.Terminating | Should -BeFalse
            $failure.Output | Should -BeNullOrEmpty
            Get-Secret -Name s -Vault A -AsPlainText | Should -Be 'old'
        }

        It 'writediffers: says nothing and stores something else' {
            Set-TestVaultMode A writediffers
            (Get-Failure { Set-Secret -Name s -Secret (ConvertTo-Secure 'new') -Vault A -ErrorAction Stop }).Ids | Should -BeNullOrEmpty
            Get-Secret -Name s -Vault A -AsPlainText | Should -Not -Be 'new'
        }

        It 'does not overwrite with -NoClobber' {
            Set-Secret -Name s -Secret 'old' -Vault A
            $failure = Get-Failure { Set-Secret -Name s -Secret 'new' -Vault A -NoClobber }
            $failure.Ids | Should -Be 'SetSecretCommandAlreadyExistsWithNoClobber'
            $failure.Terminating | Should -BeTrue
            $failure.Records[0].CategoryInfo.Category | Should -Be 'ResourceExists'
            Get-Secret -Name s -Vault A -AsPlainText | Should -Be 'old'
        }

        It 'writes nothing and says nothing under $WhatIfPreference' {
            $WhatIfPreference = $true
            Set-Secret -Name s -Secret 'x' -Vault A 6>$null
            $WhatIfPreference = $false
            Get-SecretInfo -Name s -Vault A | Should -BeNullOrEmpty
        }

        It 'refuses a write that names no vault when there is no default' {
            Set-SecretVaultDefault -ClearDefault
            (Get-Failure { Set-Secret -Name s -Secret x }).Ids | Should -Be 'SetSecretCommandFailNoVault'
            (Get-Failure { Set-SecretInfo -Name s -Metadata @{ a = 'b' } }).Ids | Should -Be 'SetSecretInfoCommandFailNoVault'
        }

        It 'copies a secret between vaults by its information' {
            Set-Secret -Name s -Secret 'text' -Vault A
            Get-SecretInfo -Name s -Vault A | Set-Secret -Vault B
            Get-Secret -Name s -Vault B -AsPlainText | Should -Be 'text'
        }

        It 'removes' {
            Set-Secret -Name s -Secret 'text' -Vault A
            Remove-Secret -Name s -Vault A
            Get-SecretInfo -Name s -Vault A | Should -BeNullOrEmpty
            (Get-Failure { Remove-Secret -Name s -Vault A }).Ids | Should -Be 'AstroTestVaultRemoveFailed'
        }
    }

    Context 'metadata' {
        It 'is stored, replaced whole and cleared' {
            Set-Secret -Name s -Secret 'text' -Vault A -Metadata @{ one = 'a'; two = 2 }
            Set-SecretInfo -Name s -Vault A -Metadata @{ three = 3 }
            $metadata = (Get-SecretInfo -Name s -Vault A).Metadata
            $metadata.Keys | Should -Be 'three'
            Set-SecretInfo -Name s -Vault A -Metadata @{}
            (Get-SecretInfo -Name s -Vault A).Metadata.Count | Should -Be 0
        }

        It 'goes when a value is overwritten without any' {
            Set-Secret -Name s -Secret 'text' -Vault A -Metadata @{ one = 'a' }
            Set-Secret -Name s -Secret 'new' -Vault A
            (Get-SecretInfo -Name s -Vault A).Metadata.Count | Should -Be 0
        }

        It 'takes the secret along where the vault knows none, old value included' {
            Register-SecretVault -Name N -ModuleName AstroTestVaultNoMetadata
            Set-Secret -Name s -Secret 'old' -Vault N
            $failure = Get-Failure { Set-Secret -Name s -Secret 'new' -Vault N -Metadata @{ a = 'b' } }
            $failure.Ids | Should -Be 'SetSecretMetadataCommandNotSupported'
            $failure.Records[0].CategoryInfo.Category | Should -Be 'NotImplemented'
            Get-SecretInfo -Name s -Vault N | Should -BeNullOrEmpty
        }

        It 'leaves the new value there with ErrorAction Stop' {
            Register-SecretVault -Name N -ModuleName AstroTestVaultNoMetadata
            Set-Secret -Name s -Secret 'old' -Vault N
            { Set-Secret -Name s -Secret 'new' -Vault N -Metadata @{ a = 'b' } -ErrorAction Stop } | Should -Throw
            Get-Secret -Name s -Vault N -AsPlainText | Should -Be 'new'
            Remove-Secret -Name s -Vault N
            (Get-Failure { Unregister-SecretVault -Name N }).Ids | Should -BeNullOrEmpty
        }

        It 'reaches a vault through Set-SecretInfo, and a refusal removes the secret' {
            Register-SecretVault -Name I -ModuleName AstroTestVaultInfoMetadata
            Set-Secret -Name s -Secret 'old' -Vault I -Metadata @{ a = 'b' }
            (Get-SecretInfo -Name s -Vault I).Metadata['a'] | Should -Be 'b'
            Set-TestVaultMode I metafail
            (Get-Failure { Set-Secret -Name s -Secret 'new' -Vault I -Metadata @{ a = 'c' } }).Ids | Should -Be 'SetSecretMetadataInvalidOperation'
            Get-SecretInfo -Name s -Vault I | Should -BeNullOrEmpty
        }

        It 'is refused by Set-SecretInfo without harm' {
            Set-Secret -Name s -Secret 'text' -Vault A
            Set-TestVaultMode A metafail
            (Get-Failure { Set-SecretInfo -Name s -Vault A -Metadata @{ a = 'b' } }).Ids | Should -Be 'SetSecretMetadataInvalidOperation'
            Get-Secret -Name s -Vault A -AsPlainText | Should -Be 'text'
        }
    }
}
