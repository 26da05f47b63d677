# Get-AstroApiTokenRotation: what former runs left and what waits for its end, read from the descriptions in Astro.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroApiTokenRotation' {
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
