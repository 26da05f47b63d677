# The crash matrix: each strategy is recorded once without faults; then everything that can go wrong goes wrong at each of
# its steps, one at a time, the command is run again, and the promises of a rotation are looked at from outside. So it is
# where the vault held nothing before, where it breaks for another one, where the connection is by the token itself or by a
# person, and where the token's own predecessor still waits for its end; there the faults are those at every change.
# ASTROAUTH_CRASH=full has every scene meet every fault at every step; what the cases said is kept in ASTROAUTH_CRASH_FOLDER.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/CrashScene.psm1'), (Join-Path $PSScriptRoot 'Support/CrashMatrix.psm1') -Force
    $groups = Get-CrashGroup
    $others = @(Get-CrashSceneName | Where-Object { -not (Test-FullScene $_) })
}

BeforeAll {
    'Emulator', 'CrashScene', 'CrashMatrix', 'CrashRun' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
    $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'crash')).FullName
    $slot = New-CrashSlot R $folder
    try {
        $recording = foreach ($name in Get-CrashSceneName) {
            $one = Get-RotationStep $slot $name ($name -eq 'Fallback' ? $writing : 0)
            if ($name -eq 'InPlace') { $writing = Get-WritingCall $one }
            $one
        }
    }
    finally { Stop-TestEmulator $slot.Emulator }

    $cases = @(New-CrashCase $recording)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $done = @(Invoke-CrashMatrix $cases $folder)
    $counts = ($done | Group-Object { "$($_.Strategy) $($_.Class)" } | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', '
    [Console]::Out.WriteLine("note: $($done.Count) crash cases in $([int]$watch.Elapsed.TotalSeconds) s: $counts; $(@($done | Where-Object Kind -Like 'kill*').Count) processes killed")
    if ($env:ASTROAUTH_CRASH_FOLDER) {
        $recording | ForEach-Object { "$($_.Strategy)"; $_.Api; $_.Vault } | Set-Content -LiteralPath (Join-Path $env:ASTROAUTH_CRASH_FOLDER 'steps.txt')
        ConvertTo-Json $done -Depth 5 | Set-Content -LiteralPath (Join-Path $env:ASTROAUTH_CRASH_FOLDER 'done.json')
    }
}

Describe 'the crash matrix' {
    It 'has every fault for every step of every strategy, and each case ran' {
        $recording.Strategy | Should -Be @(Get-CrashSceneName)
        @($done.Id | Sort-Object) | Should -Be @($cases.Id)
        foreach ($one in $recording | Where-Object { Test-FullScene $_.Strategy }) {
            $one.Api.Count | Should -BeGreaterThan 4
            $one.Vault.Count | Should -BeGreaterThan 4
            foreach ($step in 0..($one.Api.Count - 1)) {
                $kinds = @($done | Where-Object { $_.Strategy -eq $one.Strategy -and $_.Class -eq 'request' -and $_.Step -eq $step }).Kind | Sort-Object -Unique
                $missing = 'cut before', 'cut after', '429', '500', '503', 'outage', 'timeout before', 'truncated', 'kill before', 'meets another' | Where-Object { $_ -notin $kinds }
                $missing | Should -BeNullOrEmpty -Because "of '$($one.Api[$step])', step $step of $($one.Strategy)"
                if ($one.Api[$step] -notlike 'GET *') { 'kill after', 'timeout after' | Should -BeIn $kinds }
            }
            foreach ($step in 0..($one.Vault.Count - 1)) {
                $kinds = @($done | Where-Object { $_.Strategy -eq $one.Strategy -and $_.Class -eq 'vault' -and $_.Step -eq $step }).Kind | Sort-Object -Unique
                $missing = 'locked', 'throws', 'writes error', 'vanishes', 'slow', 'kill before' | Where-Object { $_ -notin $kinds -and $_ -in @(Get-VaultFault $one.Strategy) }
                $missing | Should -BeNullOrEmpty -Because "of '$($one.Vault[$step])', call $step of $($one.Strategy)"
            }
        }
        foreach ($kind in 'drops', 'alters', 'says false', 'metadata', 'no metadata', 'kill after') { $done.Kind | Should -Contain $kind }
    }

    It 'has a lost answer, an outage and a kill for every change where a scene is another: <_>' -ForEach $others {
        $one = $recording | Where-Object Strategy -EQ $_
        $own = @($done | Where-Object Strategy -EQ $_)
        $changes = @(0..($one.Api.Count - 1) | Where-Object { $one.Api[$_] -notlike 'GET *' })
        $changes.Count | Should -BeGreaterThan 2
        foreach ($step in $changes) {
            @($own | Where-Object { $_.Class -eq 'request' -and $_.Step -eq $step }).Kind | Sort-Object | Should -Be 'cut after', 'kill after', 'outage'
        }
        $writes = @(0..($one.Vault.Count - 1) | Where-Object { $one.Vault[$_] -eq 'Set-Secret kept' })
        $writes | Should -Not -BeNullOrEmpty
        foreach ($step in $writes) {
            @($own | Where-Object { $_.Class -eq 'vault' -and $_.Step -eq $step }).Kind | Sort-Object | Should -Be 'alters', 'kill after', 'throws'
        }
    }

    It 'walks the steps that make a rotation: <Strategy>' -ForEach @(
        @{ Strategy = 'Overlap'; Steps = 'POST /tokens', 'POST /tokens/{new}/roles', 'DELETE /tokens/{old}', 'POST /tokens/{new}' }
        @{ Strategy = 'Grace'; Steps = 'POST /tokens', 'POST /tokens/{new}/roles', 'POST /tokens/{old}', 'POST /tokens/{new}' }
        @{ Strategy = 'Again'; Steps = 'POST /tokens', 'POST /tokens/{waiting}', 'DELETE /tokens/{old}' }
        @{ Strategy = 'InPlace'; Steps = 'POST /tokens/{old}', 'POST /tokens/{old}/rotate' }
    ) {
        $found = $recording | Where-Object Strategy -EQ $Strategy
        foreach ($step in $Steps) { $found.Api.ForEach({ $_ -replace '\s+', ' ' }) | Should -Contain $step }
        $found.Vault | Should -Contain 'Set-Secret kept'
        $found.Vault | Should -Contain 'Get-Secret kept'
    }

    It 'loses nothing: <Strategy>, <Class>, <Kind>' -ForEach $groups {
        $own = @($done | Where-Object { $_.Strategy -eq $Strategy -and $_.Class -eq $Class -and $_.Kind -eq $Kind })
        $own.Count | Should -BeGreaterThan 0
        $findings = foreach ($case in $own) {
            foreach ($finding in $case.Findings) { "$($case.Kind) at $($case.Class) step $($case.Step), '$($case.What)' (case $($case.Id), first '$($case.First)', then '$($case.Second)'): $finding" }
        }
        $findings -join "`n" | Should -BeNullOrEmpty
    }
}
