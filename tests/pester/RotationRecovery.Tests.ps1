# Rotations that fail or are broken off: what is left behind, how Get-AstroApiTokenRotation tells of it from the descriptions in Astro,
# and how it is finished.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/RotationScene.ps1') }
AfterAll { Reset-TestVault; Stop-TestEmulator }

Describe 'Invoke-AstroApiTokenRotation' {
    BeforeEach { Reset-Rotation }

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
        Set-TestVaultPlan V -Call (8..60) -Mode fail
        $result = Invoke-AstroApiTokenRotation $old.Id -Vault V -SecretName stranded -Strategy InPlace -FallbackVault F @quiet -WarningAction SilentlyContinue
        $result.Status | Should -Be 'Rotated'
        $result.Vault | Should -Be 'F'
        Test-EmulatorToken (Get-Kept 'stranded' 'F') | Should -BeTrue

        $second = New-AstroApiToken 'not stranded' -Role ORGANIZATION_MEMBER
        [AppDomain]::CurrentDomain.SetData('AstroTestVault:V:Plan', $null)
        Set-TestVaultPlan V -Call (8..60) -Mode fail
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

Describe 'Get-AstroApiTokenRotation' {
    BeforeAll {
        Reset-Emulator
        Reset-Session organizationOwner
    }

    It 'gives nothing where nothing is open' {
        Get-AstroApiTokenRotation | Should -BeNullOrEmpty
    }

    It 'shows an unfinished successor of another machine, with both ids' {
        $new = New-AstroApiToken left -Role ORGANIZATION_MEMBER -Description "mine [astroauth:successor of=cold run=r host=elsewhere pid=1.2.3] too"
        $found = Get-AstroApiTokenRotation
        $found.Status | Should -Be Unfinished
        $found.OldId | Should -Be cold
        $found.NewId | Should -Be $new.Id
        $found.Id | Should -Be $new.Id
        $found.Reason | Should -BeLike 'begun * on another machine, may be under way'
        $found | Format-Table | Out-String -Width 80 | Should -Match 'Unfinished'
    }

    It 'says that it was broken off once the claim is too old' {
        $null = Set-EmulatorClock -AdvanceSeconds 1000
        try { (Get-AstroApiTokenRotation | Where-Object Name -EQ left).Reason | Should -BeLike '*broken off' }
        finally { $null = Set-EmulatorClock -Reset }
    }

    It 'shows an old token that waits for its end' {
        $old = New-AstroApiToken waiting -Role ORGANIZATION_MEMBER -Description '[astroauth:retire at=2031-02-03T04:05:06Z by=cnew]'
        $found = Get-AstroApiTokenRotation | Where-Object Name -EQ waiting
        $found.Status | Should -Be Retiring
        $found.OldId | Should -Be $old.Id
        $found.NewId | Should -Be cnew
        $found.OldTokenRetiresOn | Should -Be ([DateTimeOffset]'2031-02-03T04:05:06Z')
        $found | Format-List | Out-String | Should -Match 'OldTokenRetiresOn'
    }

    It 'shows a rotation in place that was begun' {
        $null = New-AstroApiToken turning -Role ORGANIZATION_MEMBER -Description '[astroauth:rotating run=r host=elsewhere pid=1.2.3 at=2020-01-01T00:00:00Z was=x]'
        $found = Get-AstroApiTokenRotation | Where-Object Name -EQ turning
        $found.Strategy | Should -Be InPlace
        $found.Reason | Should -BeLike 'begun 2020-01-01 00:00Z on another machine, broken off'
    }

    It 'sends nothing but a list' {
        Clear-EmulatorRequest
        $null = Get-AstroApiTokenRotation
        @(Get-SentRequest -AtLeast 1 | Where-Object method -NE GET) | Should -BeNullOrEmpty
    }
}
