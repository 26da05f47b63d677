# The cmdlets against SecretManagement: the real module where it is there, else the contract double.

BeforeDiscovery {
    $module = Get-Module -ListAvailable -Name Microsoft.PowerShell.SecretManagement | Select-Object -First 1
    $isDouble = [bool]($module.PrivateData -and $module.PrivateData['IsContractDouble'])
    [Console]::Out.WriteLine("note: ran against $(if ($isDouble) { 'the contract double' } else { 'the real module' }), version $($module.Version)")
}

BeforeAll {
    'Session', 'TestVault', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module Microsoft.PowerShell.SecretManagement
    $astro = Start-Astro
    $value = $astro.tokens.workspaceOwner.value
    $data = $astro.workspaces[0].id
    Register-SecretVault -Name A -ModuleName AstroTestVault -DefaultVault
    Register-SecretVault -Name B -ModuleName AstroTestVault
}
AfterAll { Reset-TestVault; Stop-TestEmulator }

Describe 'Connect-Astro -SecretName' {
    BeforeEach {
        Reset-Session
        'A', 'B' | ForEach-Object { Set-TestVaultMode $_ '' }
    }

    It 'connects with <Case>' -ForEach @(
        @{ Case = 'a string'; Kind = 'ApiToken'; Secret = { $value } }
        @{ Case = 'a string as people paste it'; Kind = 'ApiToken'; Secret = { " Bearer $value`n" } }
        @{ Case = 'a SecureString'; Kind = 'ApiToken'; Secret = { ConvertTo-Secure $value } }
        @{ Case = 'a credential'; Kind = 'DeploymentKey'; Secret = { New-KeyCredential $astro.legacyKey } }
        @{ Case = 'a table with ApiToken'; Kind = 'ApiToken'; Secret = { @{ apitoken = $value; note = 'x' } } }
        @{ Case = 'a table with a protected ApiToken'; Kind = 'ApiToken'; Secret = { @{ ApiToken = ConvertTo-Secure $value } } }
        @{ Case = 'a table with KeyId and KeySecret'; Kind = 'DeploymentKey'; Secret = { @{ KeyId = $astro.legacyKey.id; KeySecret = $astro.legacyKey.secret } } }
    ) {
        Set-Secret -Name main -Secret (& $Secret) -Vault B
        $connection = Connect-Astro -SecretName main -Vault B -PassThru 3>$null
        $connection.Kind | Should -Be $Kind
        $connection.Source | Should -Be 'Vault'
        $connection.SourceDetail | Should -Be "secret 'main' of vault 'B'"
        Test-AstroConnection | Should -BeTrue
    }

    It 'reads from the default vault when none is named, and from no other' {
        Set-Secret -Name only-in-b -Secret $value -Vault B
        Set-Secret -Name in-a -Secret $value -Vault A
        (Connect-Astro -SecretName in-a -SkipValidation -PassThru).SourceDetail | Should -Be "secret 'in-a' of vault 'A'"
        (Get-Failure { Connect-Astro -SecretName only-in-b }).Id | Should -Be 'VaultSecretNotFound'
    }

    It 'does not take the secret of another vault when the one named fails' {
        Set-Secret -Name twin -Secret $value -Vault A
        Set-Secret -Name twin -Secret $value -Vault B
        Set-TestVaultMode A readfail
        (Get-Failure { Connect-Astro -SecretName twin -Vault A }).Id | Should -Be 'VaultFailed'
    }

    It 'is <Id> for <Case>, connects to nothing and leaves only its own error' -ForEach @(
        @{ Id = 'VaultNotFound'; Case = 'a vault that is not registered'; Vault = 'nope'; Mode = ''; Category = 'ObjectNotFound'; Says = '*Registered are: A, B*' }
        @{ Id = 'VaultSecretNotFound'; Case = 'a secret that is not there'; Name = 'nope'; Mode = ''; Category = 'ObjectNotFound'; Says = "*'nope' in vault 'B'*" }
        @{ Id = 'VaultSecretEmpty'; Case = 'an empty secret'; Name = 'empty'; Mode = ''; Category = 'ReadError'; Says = '*is empty*' }
        @{ Id = 'VaultSecretType'; Case = 'bytes'; Name = 'bytes'; Mode = ''; Category = 'InvalidArgument'; Says = '*Byte*PSCredential*' }
        @{ Id = 'VaultSecretType'; Case = 'a table of something else'; Name = 'table'; Mode = ''; Category = 'InvalidArgument'; Says = '*KeyId and KeySecret*' }
        @{ Id = 'VaultLocked'; Case = 'a locked vault'; Mode = 'locked'; Category = 'SecurityError'; Says = '*Unlock-SecretVault*' }
        @{ Id = 'VaultFailed'; Case = 'a vault that only says it is locked'; Mode = 'lockedtext'; Category = 'ReadError'; Says = '*(locked?)*B is locked*' }
        @{ Id = 'VaultFailed'; Case = 'a vault that throws'; Mode = 'readfail'; Category = 'ReadError'; Says = '*refuses to read*' }
        @{ Id = 'VaultFailed'; Case = 'a vault that writes an error'; Mode = 'readerror'; Category = 'ReadError'; Says = '*read*' }
        @{ Id = 'VaultFailed'; Case = 'a vault that gives a number'; Mode = 'readint'; Category = 'ReadError'; Says = '*' }
        @{ Id = 'TokenMalformed'; Case = 'a secret that is no token'; Name = 'text'; Mode = ''; Category = 'AuthenticationError'; Says = "*secret 'text' of vault 'B'*" }
    ) {
        Set-Secret -Name main -Secret $value -Vault B
        Set-Secret -Name empty -Secret '' -Vault B
        Set-Secret -Name bytes -Secret ([byte[]](1, 2)) -Vault B
        Set-Secret -Name table -Secret @{ other = 'canary-secret' } -Vault B
        Set-Secret -Name text -Secret 'canary-secret' -Vault B
        Set-TestVaultMode B $Mode
        $secret = if ($Name) { $Name } else { 'main' }
        $from = if ($Vault) { $Vault } else { 'B' }
        $global:Error.Clear()
        $failure = Get-Failure { Connect-Astro -SecretName $secret -Vault $from }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -BeLike $Says
        $failure.Terminating | Should -BeTrue
        @($global:Error | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object -Unique) | Should -Be $Id
        ($global:Error | Format-List * -Force | Out-String -Width 4096) | Should -Not -Match 'canary|eyJ'
        Get-AstroConnection | Should -BeNullOrEmpty
    }

    It 'reads a vault that makes noise' {
        Set-Secret -Name main -Secret $value -Vault B
        Set-TestVaultMode B readnoise
        (Connect-Astro -SecretName main -Vault B -SkipValidation -PassThru 3>$null).Kind | Should -Be 'ApiToken'
    }

    It 'asks for -Vault when there is no default one' {
        Set-SecretVaultDefault -ClearDefault
        try {
            $failure = Get-Failure { Connect-Astro -SecretName main }
            $failure.Id | Should -Be 'NoDefaultVault'
            $failure.Message | Should -BeLike '*A, B*'
        }
        finally { Set-SecretVaultDefault -Name A }
    }

    It 'is not led astray by what the user has set for the vault cmdlets' {
        Set-Secret -Name main -Secret $value -Vault B
        $global:PSDefaultParameterValues = @{ 'Get-Secret:AsPlainText' = $true; 'Get-Secret:Vault' = 'A'; '*:ErrorAction' = 'SilentlyContinue'; '*Secret*:Verbose' = $true }
        $global:ErrorActionPreference = 'SilentlyContinue'
        try { (Connect-Astro -SecretName main -Vault B -SkipValidation -PassThru -ErrorAction Stop 4>$null).TokenId | Should -Be $astro.tokens.workspaceOwner.id }
        finally {
            $global:PSDefaultParameterValues = @{}
            $global:ErrorActionPreference = 'Continue'
        }
    }

    It 'is not led astray by a function called Get-Secret' {
        Set-Secret -Name main -Secret $value -Vault B
        function global:Get-Secret { 'hijacked' }
        try { (Connect-Astro -SecretName main -Vault B -SkipValidation -PassThru).Kind | Should -Be 'ApiToken' }
        finally { Remove-Item function:global:Get-Secret }
    }

    It 'does not read the vault for a user who never names one' {
        $before = Get-TestVaultCall A
        Connect-Astro -ApiToken (ConvertTo-Secure $value)
        $null = New-AstroApiToken 'no vault' WORKSPACE_MEMBER
        Get-TestVaultCall A | Should -Be $before
    }
}

Describe 'without SecretManagement' {
    It 'says how to install it, and everything else works' {
        $modules = ($env:ASTROAUTH_TEST_MODULEPATH -split [IO.Path]::PathSeparator |
                Where-Object { -not (Test-Path (Join-Path $_ 'Microsoft.PowerShell.SecretManagement')) }) -join [IO.Path]::PathSeparator
        $child = Invoke-ChildPwsh -Environment @{ ASTROAUTH_TEST_MODULEPATH = $modules; ASTRO_API_TOKEN = $value } {
            Connect-Astro
            Test-AstroConnection
            try { Connect-Astro -SecretName main -Vault A } catch { $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; "$_" }
            try { New-AstroApiToken x WORKSPACE_MEMBER -Vault A -SecretName s -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; "$_" }
        }
        $lines = $child.StdOut -split '\r?\n'
        $lines[0] | Should -Be 'True'
        $lines[1] | Should -BeLike 'SecretManagementNotInstalled*'
        $lines[2] | Should -Be 'NotInstalled'
        $lines[3] | Should -BeLike '*Install-PSResource Microsoft.PowerShell.SecretManagement*'
        $lines[4] | Should -Match '^(SecretManagementNotInstalled|NewTokenNotStored)'
        $lines[5] | Should -BeLike '*Install-PSResource Microsoft.PowerShell.SecretManagement*'
    }
}
