# Proves that the vault module the other tests meet, the contract double or the real one, and the steerable vaults behave
# as AstroAuth is written for. Run against the real module it proves the contract itself.

BeforeDiscovery {
    $module = Get-Module -ListAvailable -Name Microsoft.PowerShell.SecretManagement | Select-Object -First 1
    $script:isDouble = [bool]($module.PrivateData -and $module.PrivateData['IsContractDouble'])
    [Console]::Out.WriteLine("note: ran against $(if ($isDouble) { 'the contract double' } else { 'the real module' }), version $($module.Version)")
}

BeforeAll {
    'TestVault', 'ChildProcess', 'VaultFailure' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module Microsoft.PowerShell.SecretManagement
}

Describe 'Microsoft.PowerShell.SecretManagement' {
    BeforeEach { Reset-TestVault A, B }
    AfterEach { Reset-TestVault }

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
