# Invoke-AstroApiTokenRotation with real processes and vaults: what a user types, what comes back, what is left.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/RotationScene.ps1') }
AfterAll { Reset-TestVault; Stop-TestEmulator }

Describe 'Invoke-AstroApiTokenRotation' {
    BeforeEach { Reset-Rotation }

    It 'gives nothing for nothing' {
        @() | Invoke-AstroApiTokenRotation -Vault V -SecretName x @quiet | Should -BeNullOrEmpty
        Invoke-AstroApiTokenRotation -Recover @quiet | Should -BeNullOrEmpty
    }

    It 'replaces a token by a successor that is like it, and removes the old one' {
        $old = New-Kept 'plain'
        $before = Get-Kept 'plain'
        $result = Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName plain @quiet
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
        $metadata = (Get-SecretInfo -Name plain -Vault V).Metadata
        $metadata['AstroTokenId'] | Should -Be $new.Id
        ([datetime]$metadata['Expires']).ToUniversalTime().Date | Should -Be $new.ExpiresOn.UtcDateTime.Date
        $result | Format-Table | Out-String -Width 80 | Should -Match "plain\s+Rotated\s+$($new.Id)"
        $result | Format-List | Out-String | Should -Match "KeptIn +: vault 'V' as 'plain'"
    }

    It 'rotates in place with what comes down the pipeline' {
        $old = New-Kept 'inplace'
        $before = Get-Kept 'inplace'
        $result = $old | Invoke-AstroApiTokenRotation -Strategy InPlace @quiet
        $result.Status | Should -Be 'Rotated'
        $result.NewId | Should -Be $old.Id
        Test-EmulatorToken (Get-Kept 'inplace') | Should -BeTrue
        Test-EmulatorToken $before | Should -BeFalse
        (Get-AstroApiToken inplace).Description | Should -Be 'about inplace'
    }

    It 'names secrets by a script block, takes names with wildcards, and gives one result each' {
        'many-1', 'many-2', 'many-3' | ForEach-Object { $null = New-Kept $_ }
        $results = Invoke-AstroApiTokenRotation -Name 'many-*' -Vault V -SecretName { "astro-$($_.Name)" } -ThrottleLimit 2 @quiet
        @($results).Count | Should -Be 3
        $results.Status | Sort-Object -Unique | Should -Be 'Rotated'
        'many-1', 'many-2', 'many-3' | ForEach-Object {
            Test-EmulatorToken (Get-Kept "astro-$_") | Should -BeTrue
            @(Get-AstroApiToken $_).Count | Should -Be 1
        }
    }

    It 'rotates the others and says so when a name is misspelt, for a schedule must not look as if all were well' {
        $null = New-Kept 'spelt'
        $failure = Get-Failure { Invoke-AstroApiTokenRotation -Name spelt, mispelt -Vault V -SecretName { $_.Name } @quiet }
        $failure.Id | Should -Be 'ApiTokenNotFound'
        $failure.Target | Should -Be 'mispelt'
        $failure.Output.Status | Should -Be 'Rotated'
    }

    It 'works on no more tokens at a time than -ThrottleLimit <Limit>' -ForEach @{ Limit = 1 }, @{ Limit = 2 } {
        $names = 1..4 | ForEach-Object { "limited-$_-$([guid]::NewGuid().ToString('n').Substring(0, 6))" }
        foreach ($name in $names) { $null = New-Kept $name }
        Clear-EmulatorRequest
        (Invoke-AstroApiTokenRotation -Name $names -Vault V -SecretName { $_.Name } -ThrottleLimit $Limit @quiet).Status | Should -Be (@('Rotated') * 4)
        # Each is at work from the making of its successor to its own end, and the next begins after that.
        $now = $most = 0
        foreach ($request in Get-SentRequest | Where-Object { $_.method -eq 'DELETE' -or ($_.method -eq 'POST' -and $_.path -match '/tokens$') }) {
            $now += $request.method -eq 'POST' ? 1 : -1
            $most = [math]::Max($most, $now)
        }
        $now | Should -Be 0
        $most | Should -BeGreaterThan 0
        $most | Should -BeLessOrEqual $Limit
    }

    It 'does nothing when two tokens would share a secret' {
        $ids = 'shared', 'shared' | ForEach-Object { (New-AstroApiToken $_ -Role ORGANIZATION_MEMBER).Id }
        Clear-EmulatorRequest
        $failure = Get-Failure { $ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Invoke-AstroApiTokenRotation -Vault V -SecretName { $_.Name } @quiet }
        $failure.Id | Should -Be 'RotationSecretShared'
        $failure.Output | Should -BeNullOrEmpty
        @(Get-SentRequest | Where-Object method -NE GET) | Should -BeNullOrEmpty
        (Get-Failure { Invoke-AstroApiTokenRotation $ids[0] -Vault V -SecretName { 'a', 'b' } @quiet }).Id | Should -Be 'RotationSecretNameUnclear'
    }

    It 'changes nothing with -WhatIf, and says what it would do' {
        $old = New-Kept 'whatif'
        $before = Get-Kept 'whatif'
        Clear-EmulatorRequest
        $calls = Get-TestVaultCall V
        Start-Transcript -Path (Join-Path $TestDrive 'whatif.txt') | Out-Null
        try { Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName whatif -GracePeriod 1:00 -WhatIf | Should -BeNullOrEmpty }
        finally { Stop-Transcript | Out-Null }
        $said = (Get-Content (Join-Path $TestDrive 'whatif.txt')) -join ' '
        $said | Should -Match "API token 'whatif' \($($old.Id)\), kept in vault 'V' as 'whatif': Rotate by a successor that expires in 30 days, old token removed on "
        @(Get-SentRequest | Where-Object method -NE GET) | Should -BeNullOrEmpty
        Get-TestVaultCall V | Should -Be $calls
        Get-Kept 'whatif' | Should -BeExactly $before
    }

    It 'skips what a schedule need not touch, and says why' {
        $old = New-Kept 'young'
        $result = Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName young -OlderThan 1 -ExpiringWithin 7 @quiet
        $result.Status | Should -Be 'Skipped'
        $result.Reason | Should -BeLike '*not older than 1 day, and it ends on*'
        (Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName young -ExpiringWithin 31 @quiet).Status | Should -Be 'Rotated'
    }

    It 'keeps the old token for its grace period, and the next run removes it' {
        $old = New-Kept 'grace'
        $before = Get-Kept 'grace'
        $result = Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName grace -GracePeriod 2 @quiet
        Test-EmulatorToken $before | Should -BeTrue
        ($result.OldTokenRetiresOn - [DateTimeOffset]::UtcNow).TotalHours | Should -BeGreaterThan 47
        (Get-AstroApiTokenRotation | Where-Object OldId -EQ $old.Id).OldTokenRetiresOn | Should -Be $result.OldTokenRetiresOn
        $null = Set-EmulatorClock -AdvanceSeconds (2 * 86400 + 60)
        try {
            $retired = Get-AstroApiToken grace | Invoke-AstroApiTokenRotation -Vault V -SecretName { $_.Name } -OlderThan 30.00:00 @quiet
            ($retired | Where-Object OldId -EQ $old.Id).Status | Should -Be 'Retired'
            Test-EmulatorToken $before | Should -BeFalse
            @(Get-AstroApiToken grace).Count | Should -Be 1
        }
        finally { $null = Set-EmulatorClock -Reset }
    }
}
