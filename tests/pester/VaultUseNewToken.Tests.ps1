# New-AstroApiToken with a vault: the value arrives there whole, or nothing is left behind anywhere.

BeforeAll {
    'Session', 'TestVault' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module Microsoft.PowerShell.SecretManagement
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    $new = @{ Role = 'WORKSPACE_AUTHOR'; Workspace = $astro.workspaces[0].id; SecretName = 'ci' }
    function Get-AllFailure { ($global:Error | Format-List * -Force | Out-String -Width 4096) + ($global:Error | ConvertTo-Json -Depth 3 -WarningAction Ignore) }
}
AfterAll { Reset-TestVault; Stop-TestEmulator }

Describe 'New-AstroApiToken -Vault' {
    BeforeEach {
        Reset-TestVault V
        Reset-Session
        Connect-Astro -ApiToken $owner -SkipValidation
    }

    It 'keeps the value in the vault, proven, with what describes it' {
        $token = New-AstroApiToken 'kept' @new -Vault V
        $kept = Get-Secret -Name ci -Vault V -AsPlainText
        Test-EmulatorToken $kept | Should -BeTrue
        $kept | Should -BeExactly (ConvertTo-Plain $token.Token)
        $token.Vault | Should -Be 'V'
        $token.SecretName | Should -Be 'ci'
        $metadata = (Get-SecretInfo -Name ci -Vault V).Metadata
        $metadata['AstroTokenId'] | Should -Be $token.Id
        $metadata['AstroTokenName'] | Should -Be 'kept'
        $metadata['AstroOrganizationId'] | Should -Be $astro.organization.id
        ([datetime]$metadata['Expires']).ToUniversalTime().Date | Should -Be $token.ExpiresOn.UtcDateTime.Date
        # The value that was written has been used before success was reported.
        (Get-AstroApiToken -Id $token.Id).LastUsedOn | Should -Not -BeNullOrEmpty
        $token | Format-List | Out-String | Should -Match "KeptIn +: vault 'V' as 'ci'"
    }

    It 'is what Connect-Astro -SecretName then connects with' {
        $token = New-AstroApiToken 'round trip' @new -Vault V
        (Connect-Astro -SecretName ci -Vault V -PassThru).TokenId | Should -Be $token.Id
    }

    It 'replaces a former value and keeps metadata of the user' {
        Set-Secret -Name ci -Secret 'former' -Vault V -Metadata @{ Owner = 'team-a'; Level = 3 }
        $null = New-AstroApiToken 'replacing' @new -Vault V
        Test-EmulatorToken (Get-Secret -Name ci -Vault V -AsPlainText) | Should -BeTrue
        $metadata = (Get-SecretInfo -Name ci -Vault V).Metadata
        $metadata['Owner'] | Should -Be 'team-a'
        $metadata['Level'] | Should -Be 3
    }

    It 'writes although $WhatIfPreference is set for the vault cmdlets by default values' {
        $global:PSDefaultParameterValues = @{ 'Set-Secret:WhatIf' = $true; 'Set-Secret:NoClobber' = $false; 'Set-SecretInfo:Confirm' = $true }
        try { $null = New-AstroApiToken 'trapped' @new -Vault V }
        finally { $global:PSDefaultParameterValues = @{} }
        Test-EmulatorToken (Get-Secret -Name ci -Vault V -AsPlainText) | Should -BeTrue
    }

    It 'writes nothing and creates nothing when $WhatIfPreference is set' {
        $WhatIfPreference = $true
        $global:WhatIfPreference = $true
        try { New-AstroApiToken 'what-if' @new -Vault V }
        finally { $global:WhatIfPreference = $false; $WhatIfPreference = $false }
        Get-Secret -Name ci -Vault V -ErrorAction Ignore | Should -BeNullOrEmpty
        @(Get-SentRequest | Where-Object method -NE GET) | Should -BeNullOrEmpty
    }

    It 'deletes the new token again and keeps the former value when the vault fails: <Mode>' -ForEach @(
        @{ Mode = 'locked'; Says = '*is locked*' }
        @{ Mode = 'lockedtext'; Says = '*is locked*' }
        @{ Mode = 'writefail'; Says = '*refuses to write*' }
        @{ Mode = 'writeerror'; Says = '*reports a failed write*' }
        @{ Mode = 'writediffers'; Says = '*does not give the same value back*' }
        @{ Mode = 'writedrop'; Says = '*does not give the same value back*' }
        @{ Mode = 'writefalse'; Says = '*does not give the same value back*' }
        @{ Mode = 'readfail'; Says = '*refuses to read*' }
        @{ Mode = 'readint'; Says = '*' }
    ) {
        Set-Secret -Name ci -Secret 'former-value' -Vault V
        Set-TestVaultMode V $Mode
        $global:Error.Clear()
        $failure = Get-Failure { New-AstroApiToken "broken-$Mode" @new -Vault V }
        $failure.Id | Should -Be 'NewTokenNotStored'
        $failure.Category | Should -Be 'WriteError'
        $failure.Target | Should -Be "broken-$Mode"
        $failure.Message | Should -BeLike '*was removed again*'
        $failure.Message | Should -BeLike $Says
        $failure.Output | Should -BeNullOrEmpty
        @($global:Error | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object -Unique) | Should -Be 'NewTokenNotStored'
        Get-AllFailure | Should -Not -Match 'former-value|eyJ'
        Set-TestVaultMode V ''
        Get-AstroApiToken "broken-*" | Should -BeNullOrEmpty
        $kept = Get-Secret -Name ci -Vault V -AsPlainText
        if ($Mode -eq 'writediffers') {
            # A vault that alters all it takes cannot put the former value back either; the error says so.
            $failure.Message | Should -BeLike '*What it holds now is not certain*'
        }
        else { $kept | Should -BeExactly 'former-value' }
    }

    It 'leaves nothing in a vault that held nothing: <Mode>' -ForEach @(@{ Mode = 'writefail' }, @{ Mode = 'writediffers' }, @{ Mode = 'writedrop' }) {
        Set-TestVaultMode V $Mode
        (Get-Failure { New-AstroApiToken "empty-$Mode" @new -Vault V }).Message | Should -BeLike '*Nothing was left there*'
        Set-TestVaultMode V ''
        Get-Secret -Name ci -Vault V -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-AstroApiToken 'empty-*' | Should -BeNullOrEmpty
    }

    It 'creates no token for a vault that is not there' {
        $failure = Get-Failure { New-AstroApiToken 'nowhere' @new -Vault nope }
        $failure.Message | Should -BeLike "*no vault 'nope'*"
        Get-AstroApiToken 'nowhere*' | Should -BeNullOrEmpty
    }

    It 'keeps the value where metadata cannot be kept, and warns: <Case>' -ForEach @(
        @{ Case = 'unsupported'; Module = 'AstroTestVaultNoMetadata'; Mode = '' }
        @{ Case = 'refused'; Module = 'AstroTestVault'; Mode = 'metafail' }
    ) {
        Register-SecretVault -Name M -ModuleName $Module
        Set-Secret -Name ci -Secret 'former-value' -Vault M
        Set-TestVaultMode M $Mode
        $global:Error.Clear()
        $null = New-AstroApiToken "metadata $Case" @new -Vault M -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*kept in vault 'M', but not what describes it*"
        $global:Error.Count | Should -Be 0
        Test-EmulatorToken (Get-Secret -Name ci -Vault M -AsPlainText) | Should -BeTrue
    }

    It 'keeps metadata where only Set-SecretInfo takes it' {
        Register-SecretVault -Name I -ModuleName AstroTestVaultInfoMetadata
        $token = New-AstroApiToken 'info only' @new -Vault I -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        (Get-SecretInfo -Name ci -Vault I).Metadata['AstroTokenId'] | Should -Be $token.Id
    }

    It 'puts the former value back and removes the token when Astro does not accept what the vault gives' {
        Set-Secret -Name ci -Secret 'former-value' -Vault V
        Add-EmulatorFault @{ method = 'GET'; path = '/organizations$'; status = 401 }
        $failure = Get-Failure { New-AstroApiToken 'unproven' @new -Vault V }
        $failure.Id | Should -Be 'NewTokenNotProven'
        Get-Secret -Name ci -Vault V -AsPlainText | Should -BeExactly 'former-value'
        Get-AstroApiToken 'unproven*' | Should -BeNullOrEmpty
    }

    It 'hands the value to the caller when the vault fails and the token cannot be removed' {
        Set-TestVaultMode V writefail
        Add-EmulatorFault @{ method = 'DELETE'; path = '/tokens/'; status = 403; count = 0 }
        $failure = Get-Failure { New-AstroApiToken 'stranded' @new -Vault V }
        $failure.Id | Should -Be 'NewTokenNotStoredNorRemoved'
        $failure.Output.Count | Should -Be 1
        Test-EmulatorToken (ConvertTo-Plain $failure.Output[0].Token) | Should -BeTrue
        $failure.Target.Id | Should -Be $failure.Output[0].Id
        Test-EmulatorToken (ConvertTo-Plain $failure.Target.Token) | Should -BeTrue
    }

    It 'hands the value over also when errors end the script' {
        Set-TestVaultMode V writefail
        Add-EmulatorFault @{ method = 'DELETE'; path = '/tokens/'; status = 403; count = 0 }
        $rescued = $null
        try { New-AstroApiToken 'stranded too' @new -Vault V -ErrorAction Stop -OutVariable rescued }
        catch { Test-EmulatorToken (ConvertTo-Plain $_.TargetObject.Token) | Should -BeTrue }
        Test-EmulatorToken (ConvertTo-Plain $rescued[0].Token) | Should -BeTrue
    }

    It 'leaves neither token nor secret when it is stopped while the vault writes' {
        Set-TestVaultMode V slow
        $before = Get-TestVaultCall V
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($c, $new) Import-Module AstroAuth; New-AstroApiToken stopped @new -Vault V -Connection $c').AddArgument((Get-AstroConnection -Default)).AddArgument($new)
            $run = $shell.BeginInvoke()
            while ((Get-TestVaultCall V) -eq $before -and -not $run.IsCompleted) { Start-Sleep -Milliseconds 5 }
            $shell.Stop()
        }
        finally { $shell.Dispose() }
        Set-TestVaultMode V ''
        # What it cleans up after the stop is not waited for by anybody.
        $deadline = [DateTime]::UtcNow.AddSeconds(10)
        while ((Get-AstroApiToken 'stopped*') -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 20 }
        Get-AstroApiToken 'stopped*' | Should -BeNullOrEmpty
        Get-Secret -Name ci -Vault V -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
