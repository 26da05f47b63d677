# Invoke-AstroApiTokenRotation with real processes and vaults: what a user types, what comes back, what is left.

BeforeAll {
    'Session', 'TestVault' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module Microsoft.PowerShell.SecretManagement
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    $quiet = @{ Confirm = $false }
    function Get-Kept($Name, $Vault = 'V') { Get-Secret -Name $Name -Vault $Vault -AsPlainText -ErrorAction Ignore }
    function New-Kept($Name) { New-AstroApiToken $Name -Role WORKSPACE_AUTHOR -Workspace $astro.workspaces[0].id -Description "about $Name" -ExpiresInDays 30 -Vault V -SecretName $Name }
    function Set-TestVaultPlan([int[]] $Call, [string] $Mode) {
        $first = Get-TestVaultCall V
        $plan = @{}
        $Call | ForEach-Object { $plan[$first + $_] = $Mode }
        [AppDomain]::CurrentDomain.SetData('AstroTestVault:V:Plan', $plan)
    }
}
AfterAll {
    Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
    Stop-TestEmulator
}

Describe 'Invoke-AstroApiTokenRotation' {
    BeforeEach {
        Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
        [AppDomain]::CurrentDomain.SetData('AstroTestVault:V:Plan', $null)
        Register-SecretVault -Name V -ModuleName AstroTestVault
        Reset-Session
        Connect-Astro -ApiToken $owner -SkipValidation
    }

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

    It 'leaves all as it was when the vault fails: <Mode>' -ForEach @(
        'locked', 'writefail', 'writeerror', 'readfail' | ForEach-Object { @{ Mode = $_ } }
    ) {
        $old = New-Kept "vault-$Mode"
        $before = Get-Kept "vault-$Mode"
        foreach ($strategy in 'Overlap', 'InPlace') {
            Set-TestVaultMode V $Mode
            $failure = Get-Failure { Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName "vault-$Mode" -Strategy $strategy @quiet }
            Set-TestVaultMode V ''
            $failure.Id | Should -Be 'RotationRolledBack'
            $failure.Terminating | Should -BeFalse
            $failure.Output.Status | Should -Be 'RolledBack'
            $failure.Output.Reason | Should -Be $failure.Message
            Get-Kept "vault-$Mode" | Should -BeExactly $before
            Test-EmulatorToken $before | Should -BeTrue
            (Get-AstroApiToken "vault-$Mode").Description | Should -Be "about vault-$Mode"
        }
    }

    It 'has the value in the vault or hands it over when the vault drops what it takes: <Mode>' -ForEach @(@{ Mode = 'writedrop' }, @{ Mode = 'writefalse' }) {
        $old = New-Kept "drops-$Mode"
        $before = Get-Kept "drops-$Mode"
        Set-TestVaultMode V $Mode
        (Get-Failure { Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName "drops-$Mode" @quiet }).Id | Should -Be 'RotationRolledBack'
        Test-EmulatorToken $before | Should -BeTrue
        # What is written back is what is there, so that the proof cannot tell.
        $failure = Get-Failure { Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName "drops-$Mode" -Strategy InPlace @quiet }
        $failure.Id | Should -Be 'RotationValueNotStored'
        Test-EmulatorToken (ConvertTo-Plain $failure.Target.Token) | Should -BeTrue
        Set-TestVaultMode V ''
        (Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName "drops-$Mode" -OlderThan 1.00:00 @quiet).Status | Should -Be 'Rotated'
        Test-EmulatorToken (Get-Kept "drops-$Mode") | Should -BeTrue
    }

    It 'leaves no note where nothing was when it cannot go on' {
        $old = New-AstroApiToken 'nothing' -Role ORGANIZATION_MEMBER
        Add-EmulatorFault @{ method = 'POST'; path = '/rotate$'; status = 403 }
        $failure = Get-Failure { Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName nothing -Strategy InPlace @quiet }
        $failure.Id | Should -Be 'RotationRolledBack'
        Get-Kept 'nothing' | Should -BeNullOrEmpty
        (Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName nothing -Strategy InPlace @quiet).Status | Should -Be 'Rotated'
        Test-EmulatorToken (Get-Kept 'nothing') | Should -BeTrue
    }

    It 'keeps metadata of the user in both strategies' {
        $old = New-Kept 'meta'
        Set-SecretInfo -Name meta -Vault V -Metadata @{ Owner = 'team-a'; Level = 3 }
        foreach ($strategy in 'Overlap', 'InPlace') {
            $old = Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName meta -Strategy $strategy @quiet
            $metadata = (Get-SecretInfo -Name meta -Vault V).Metadata
            $metadata['Owner'] | Should -Be 'team-a'
            $metadata['Level'] | Should -Be 3
            $metadata['AstroTokenId'] | Should -Be $old.Id
        }
    }

    It 'does not stop at a token that fails' {
        $ids = @('cnosuchtokencnosuchtokenc', (New-Kept 'other').Id)
        $failure = Get-Failure { Invoke-AstroApiTokenRotation $ids -Vault V -SecretName { $_.Name } @quiet }
        $failure.Id | Should -Be 'RotationTokenNotFound'
        $failure.Output.Count | Should -Be 2
        ($failure.Output | Where-Object Name -EQ other).Status | Should -Be 'Rotated'
    }

    It 'puts the value into the other vault, or hands it over with a terminating error, after the others are done' {
        Register-SecretVault -Name F -ModuleName AstroTestVault
        $old = New-Kept 'stranded'
        Set-TestVaultPlan -Call (8..60) -Mode fail
        $result = Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName stranded -Strategy InPlace -FallbackVault F @quiet -WarningAction SilentlyContinue
        $result.Status | Should -Be 'Rotated'
        $result.Vault | Should -Be 'F'
        Test-EmulatorToken (Get-Kept 'stranded' 'F') | Should -BeTrue

        $second = New-AstroApiToken 'not stranded' -Role ORGANIZATION_MEMBER
        [AppDomain]::CurrentDomain.SetData('AstroTestVault:V:Plan', $null)
        Set-TestVaultPlan -Call (8..60) -Mode fail
        $wishes = [pscustomobject]@{ Id = $old.Id; Vault = 'V'; SecretName = 'stranded' }, [pscustomobject]@{ Id = $second.Id; Vault = 'F'; SecretName = 'second' }
        $failure = Get-Failure { $wishes | Invoke-AstroApiTokenRotation -Strategy InPlace -ThrottleLimit 1 @quiet }
        $failure.Terminating | Should -BeTrue
        $failure.Id | Should -Be 'RotationValueNotStored'
        $failure.Output.Count | Should -Be 2
        Test-EmulatorToken (ConvertTo-Plain $failure.Target.Token) | Should -BeTrue
        Test-EmulatorToken (ConvertTo-Plain ($failure.Output | Where-Object Token).Token) | Should -BeTrue
        Test-EmulatorToken (Get-Kept 'second' 'F') | Should -BeTrue
        $failure.Output | ConvertTo-Json -Depth 4 -WarningAction Ignore | Should -Not -Match 'eyJ'
    }

    It 'finishes with -Recover what a former process left, also from Get-AstroApiTokenRotation' {
        $old = New-Kept 'left'
        $null = New-AstroApiToken 'left' -Role WORKSPACE_AUTHOR -Workspace $astro.workspaces[0].id -Vault V -SecretName left -Description "about left [astroauth:successor of=$($old.Id) run=r host=elsewhere pid=1.2.3]"
        $kept = Get-Kept 'left'
        (Invoke-AstroApiTokenRotation -Recover -Id $old.Id -Vault V -SecretName left @quiet).Status | Should -Be 'Skipped'
        $null = Set-EmulatorClock -AdvanceSeconds 1000
        try { $result = Get-AstroApiTokenRotation | Where-Object Name -EQ left | Invoke-AstroApiTokenRotation -Recover -Vault V -SecretName { $_.Name } @quiet }
        finally { $null = Set-EmulatorClock -Reset }
        $result.Status | Should -Be 'Rotated'
        Get-Kept 'left' | Should -BeExactly $kept
        Test-EmulatorToken $kept | Should -BeTrue
        (Get-AstroApiToken left).Description | Should -Be 'about left'
        Get-AstroApiTokenRotation | Where-Object Name -EQ left | Should -BeNullOrEmpty
    }

}
