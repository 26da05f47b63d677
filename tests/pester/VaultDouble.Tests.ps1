# Proves that the vault module the other tests meet, the contract double or the real one, and the steerable vaults behave
# as AstroAuth is written for. Run against the real module it proves the contract itself.

BeforeDiscovery {
    $module = Get-Module -ListAvailable -Name Microsoft.PowerShell.SecretManagement | Select-Object -First 1
    $script:isDouble = [bool]($module.PrivateData -and $module.PrivateData['IsContractDouble'])
    [Console]::Out.WriteLine("note: ran against $(if ($isDouble) { 'the contract double' } else { 'the real module' }), version $($module.Version)")
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/TestVault.psm1'), (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1') -Force
    Import-Module Microsoft.PowerShell.SecretManagement

    # The error that ended or accompanied a call, and whether it ended it.
    function Get-Failure([scriptblock] $Script) {
        $terminating = $false
        $output = $null
        try {
            $output = & $Script 2>&1
        }
        catch { $terminating = $true; $output = $_ }
        $records = @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        [pscustomobject]@{
            Ids         = @($records | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
            Records     = $records
            Terminating = $terminating
            Output      = @($output | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
        }
    }

    function ConvertTo-Secure([string] $Text) { [Net.NetworkCredential]::new('', $Text).SecurePassword }
    function ConvertTo-Plain([securestring] $Value) { [Net.NetworkCredential]::new('', $Value).Password }
}

Describe 'Microsoft.PowerShell.SecretManagement' {
    BeforeEach {
        Register-SecretVault -Name A -ModuleName AstroTestVault
        Register-SecretVault -Name B -ModuleName AstroTestVault
    }
    AfterEach {
        Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
    }

    It 'exports its eleven cmdlets, found by qualified name' {
        $cmdlets = 'Get-Secret', 'Get-SecretInfo', 'Get-SecretVault', 'Register-SecretVault', 'Remove-Secret', 'Set-Secret',
        'Set-SecretInfo', 'Set-SecretVaultDefault', 'Test-SecretVault', 'Unlock-SecretVault', 'Unregister-SecretVault'
        foreach ($cmdlet in $cmdlets) {
            (Get-Command "Microsoft.PowerShell.SecretManagement\$cmdlet" -CommandType Cmdlet).Name | Should -Be $cmdlet
        }
    }

    Context 'reading' {
        It 'gives a string as SecureString, and as text on demand' {
            Set-Secret -Name s -Secret 'text' -Vault A
            $secret = Get-Secret -Name s -Vault A
            $secret | Should -BeOfType securestring
            ConvertTo-Plain $secret | Should -Be 'text'
            Get-Secret -Name s -Vault a -AsPlainText | Should -Be 'text'
        }

        It 'gives a credential as it is' {
            $credential = [pscredential]::new('user', (ConvertTo-Secure 'word'))
            Set-Secret -Name c -Secret $credential -Vault A
            $read = Get-Secret -Name c -Vault A -AsPlainText
            $read.UserName | Should -Be 'user'
            ConvertTo-Plain $read.Password | Should -Be 'word'
        }

        It 'protects and reveals the strings of a hashtable' {
            Set-Secret -Name h -Secret @{ key = 'value' } -Vault A
            (Get-Secret -Name h -Vault A).key | Should -BeOfType securestring
            (Get-Secret -Name h -Vault A -AsPlainText).key | Should -Be 'value'
        }

        It 'gives bytes as one object' {
            Set-Secret -Name b -Secret ([byte[]](1, 2, 3)) -Vault A
            $bytes = Get-Secret -Name b -Vault A
            , $bytes | Should -BeOfType byte[]
            $bytes | Should -Be 1, 2, 3
        }

        It 'gives null without an error for <Case>, unless as text' -ForEach @(
            @{ Case = 'an empty string'; Value = '' }
            @{ Case = 'a string over 65536 characters'; Value = 'x' * 65537 }
        ) {
            Set-Secret -Name odd -Secret $Value -Vault A
            $failure = Get-Failure { Get-Secret -Name odd -Vault A }
            $failure.Ids | Should -BeNullOrEmpty
            Get-Secret -Name odd -Vault A | Should -BeNullOrEmpty
            Get-Secret -Name odd -Vault A -AsPlainText | Should -BeExactly $Value
        }

        It 'reports a missing secret without ending' {
            $failure = Get-Failure { Get-Secret -Name none -Vault A }
            $failure.Ids | Should -Be 'GetSecretNotFound'
            $failure.Terminating | Should -BeFalse
            $failure.Records[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failure.Records[0].Exception | Should -BeOfType System.Management.Automation.ItemNotFoundException
        }

        It 'ends for a vault that is not registered: <Name>' -ForEach @(
            @{ Name = 'Get-Secret'; Call = { Get-Secret -Name s -Vault nope } }
            @{ Name = 'Get-SecretInfo'; Call = { Get-SecretInfo -Name s -Vault nope } }
            @{ Name = 'Set-Secret'; Call = { Set-Secret -Name s -Secret t -Vault nope } }
            @{ Name = 'Remove-Secret'; Call = { Remove-Secret -Name s -Vault nope } }
        ) {
            $failure = Get-Failure $Call
            $failure.Ids | Should -Be 'GetSecretVaultNotFound'
            $failure.Terminating | Should -BeTrue
            $failure.Records[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failure.Records[0].Exception.GetBaseException() | Should -BeOfType System.InvalidOperationException
        }

        It 'asks the default vault first, then the others by name' {
            Register-SecretVault -Name Z -ModuleName AstroTestVault -DefaultVault
            foreach ($vault in 'B', 'A', 'Z') { Set-Secret -Name s -Secret "of $vault" -Vault $vault }
            Get-Secret -Name s -AsPlainText | Should -Be 'of Z'
            Remove-Secret -Name s -Vault Z
            Get-Secret -Name s -AsPlainText | Should -Be 'of A'
        }

        It 'passes over a failing default vault when none is named' {
            Set-Secret -Name s -Secret 'of A' -Vault A
            Set-Secret -Name s -Secret 'of B' -Vault B
            Set-TestVaultMode A readfail
            $failure = Get-Failure { Get-Secret -Name s -AsPlainText }
            $failure.Output | Should -Be 'of B'
            $failure.Ids | Should -Be 'GetSecretInvalidOperation'
        }

        It 'takes a name with brackets for a pattern unless the vault is named' {
            Set-Secret -Name 'a[1]' -Secret 'x' -Vault A
            Get-Secret -Name 'a[1]' -Vault A -AsPlainText | Should -Be 'x'
            (Get-Failure { Get-Secret -Name 'a[1]' }).Ids | Should -Be 'GetSecretNotFound'
        }
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
                while ((Get-TestVaultCall A) -eq $before) { Start-Sleep -Milliseconds 10 }
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

    Context 'vaults' {
        It 'makes the first registered vault the default, and none when that goes' {
            (Get-SecretVault -Name A).IsDefault | Should -BeTrue
            (Get-SecretVault -Name B).IsDefault | Should -BeFalse
            Unregister-SecretVault -Name A
            Get-SecretVault | Where-Object IsDefault | Should -BeNullOrEmpty
        }

        It 'reports vaults that are not there: <Id>' -ForEach @(
            @{ Id = 'GetSecretVaultNotFound'; Ends = $false; Call = { Get-SecretVault -Name nope } }
            @{ Id = 'TestSecretVaultNotFound'; Ends = $false; Call = { Test-SecretVault -Name nope } }
            @{ Id = 'UnregisterSecretVaultObjectNotFound'; Ends = $false; Call = { Unregister-SecretVault -Name nope } }
            @{ Id = 'VaultNotFound'; Ends = $true; Call = { Set-SecretVaultDefault -Name nope } }
            @{ Id = 'RegisterSecretVaultCantGetModuleInfo'; Ends = $true; Call = { Register-SecretVault -ModuleName NoSuchModule } }
            @{ Id = 'RegisterSecretVaultInvalidVaultName'; Ends = $true; Call = { Register-SecretVault -Name A -ModuleName AstroTestVault } }
            @{ Id = 'RegisterSecretVaultCommandCannotUseReservedName'; Ends = $true; Call = { Register-SecretVault -Name V -ModuleName AstroTestVault -VaultParameters @{ Verbose = 1 } } }
        ) {
            $failure = Get-Failure $Call
            $failure.Ids | Should -Be $Id
            $failure.Terminating | Should -Be $Ends
            $failure.Output | Should -BeNullOrEmpty
        }

        It 'names the function that a vault lacks' {
            $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'Lame/Lame.Extension')
            Set-Content -LiteralPath (Join-Path $TestDrive 'Lame/Lame.psd1') -Value "@{ ModuleVersion = '1.0'; NestedModules = @('./Lame.Extension') }"
            Set-Content -LiteralPath (Join-Path $folder 'Lame.Extension.psm1') -Value 'function Get-Secret { param($Name, $VaultName, $AdditionalParameters) }'
            $failure = Get-Failure { Register-SecretVault -ModuleName (Join-Path $TestDrive 'Lame') }
            $failure.Ids | Should -Be 'RegisterSecretVaultInvalidExtensionVault'
        }

        It 'tests a vault: <Mode>' -ForEach @(
            @{ Mode = ''; Good = $true; Ids = @() }
            @{ Mode = 'testfalse'; Good = $false; Ids = @() }
            @{ Mode = 'testfail'; Good = $false; Ids = 'TestSecretVaultInvalidOperation' }
        ) {
            Set-TestVaultMode A $Mode
            $failure = Get-Failure { Test-SecretVault }
            $failure.Output | Should -Be $Good
            $failure.Ids | Should -Be $Ids
        }

        It 'counts the calls of a vault' {
            $before = Get-TestVaultCall A
            $null = Get-SecretInfo -Vault A
            $null = Get-SecretInfo -Vault A
            (Get-TestVaultCall A) - $before | Should -Be 2
        }

        It 'reports an extension that has gone' {
            Copy-Item -Path (Join-Path (Get-SecretVault A).ModulePath '*') -Destination (New-Item -ItemType Directory (Join-Path $TestDrive 'Gone')) -Recurse
            Rename-Item -LiteralPath (Join-Path $TestDrive 'Gone/AstroTestVault.psd1') -NewName Gone.psd1
            Rename-Item -LiteralPath (Join-Path $TestDrive 'Gone/AstroTestVault.Extension') -NewName Gone.Extension
            $extension = Join-Path $TestDrive 'Gone/Gone.Extension'
            Get-ChildItem -LiteralPath $extension | Rename-Item -NewName { $_.Name -replace 'AstroTestVault', 'Gone' }
            Get-ChildItem -LiteralPath (Join-Path $TestDrive 'Gone') -Recurse -Filter *.psd1 | ForEach-Object {
                (Get-Content -LiteralPath $_.FullName -Raw) -replace 'AstroTestVault', 'Gone' | Set-Content -LiteralPath $_.FullName
            }
            Register-SecretVault -ModuleName (Join-Path $TestDrive 'Gone')
            Remove-Item -LiteralPath (Join-Path $TestDrive 'Gone') -Recurse
            $failure = Get-Failure { Get-Secret -Name s -Vault Gone }
            $failure.Ids | Should -Be 'Modules_ModuleNotFound', 'GetSecretNotFound'
        }

        It 'keeps vaults and secrets for another process, metadata changed as JSON changes it' {
            $file = Join-Path $TestDrive 'state.xml'
            Register-SecretVault -Name F -ModuleName AstroTestVault -VaultParameters @{ Path = $file }
            Set-Secret -Name s -Secret (ConvertTo-Secure 'text') -Vault F -Metadata @{ number = 1; date = '2030-01-01T00:00:00Z' }
            $child = Invoke-ChildPwsh {
                $metadata = (Get-SecretInfo -Name s -Vault F).Metadata
                Get-Secret -Name s -Vault F -AsPlainText
                $metadata['number'].GetType().Name
                $metadata['date'].GetType().Name
            }
            $child.StdErr | Should -BeNullOrEmpty
            $child.StdOut -split "`r?`n" | Should -Be 'text', 'Int64', 'DateTime'
        }
    }
}
