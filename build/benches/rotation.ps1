# Rotating tokens.
# Each run has a credential of its own, because Astro's limits count by credential. The limits end at 4.5 rotations a
# second (5 deletions within 1.1 s), so that the goal of a fifth can be met only where answers are slow.
$cases = @(
    @{ Latency = 50; Tokens = 200; Goal = '0.45 (the limits end at 0.41)' }
    @{ Latency = 400; Tokens = 40; Goal = '0.20' }
)
foreach ($case in $cases) {
    $astro = Start-TestEmulator
    try {
        $null = Set-EmulatorSetting @{ latencyMs = $case.Latency } -Emulator $astro
        $environment = @{ ASTRO_DOMAIN = $astro.domain; BENCH_STATE = "$($astro.Uri)/_emulator/"; BENCH_TOKENS = $case.Tokens; BENCH_WORKSPACE = $astro.workspaces[0].id }
        $script = {
            $ProgressPreference = 'SilentlyContinue'
            $names = 1..$env:BENCH_TOKENS | ForEach-Object { 'r{0}x{1}' -f [guid]::NewGuid().ToString('n').Substring(0, 8), $_ }
            $send = @{ Method = 'Post'; ContentType = 'application/json'; NoProxy = $true }
            $ids = foreach ($name in $names) { (Invoke-RestMethod "$($env:BENCH_STATE)tokens" @send -Body (@{ name = $name; scope = 'WORKSPACE'; entityId = $env:BENCH_WORKSPACE } | ConvertTo-Json)).id }
            $mine = (Invoke-RestMethod "$($env:BENCH_STATE)tokens" @send -Body (@{ name = 'bench'; scope = 'ORGANIZATION'; role = 'ORGANIZATION_OWNER' } | ConvertTo-Json)).value
            Connect-Astro -ApiToken (ConvertTo-SecureString $mine -AsPlainText -Force) -SkipValidation
            $w = [Diagnostics.Stopwatch]::StartNew()
            $results = @(Invoke-AstroApiTokenRotation $ids -Vault V -SecretName { $_.Name } -ThrottleLimit $env:BENCH_THROTTLE -Confirm:$false)
            $elapsed = $w.Elapsed.TotalMilliseconds
            if (@($results | Where-Object Status -EQ Rotated).Count -ne $ids.Count) { throw "Not all were rotated: $(($results | Where-Object Status -NE Rotated)[0].Reason)" }
            $elapsed
        }
        $modules = @(Split-Path (Split-Path $Staged); Join-Path $root 'output/test-modules'; Join-Path $root 'tests/modules') -join [IO.Path]::PathSeparator
        $prelude = "`$env:PSModulePath = '$modules', (Join-Path `$PSHOME Modules) -join '$([IO.Path]::PathSeparator)'; Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement; Register-SecretVault V -ModuleName AstroTestVault -AllowClobber;"
        $folder = Join-Path $work "home$($case.Latency)"
        $null = New-Item -ItemType Directory -Path $folder -Force
        $environment.HOME = $environment.LOCALAPPDATA = $folder
        # Long enough to need no warm-up and no median.
        $ours, $theirs = 8, 1 | ForEach-Object { Measure-FreshProcess "$prelude $script" ($environment + @{ BENCH_THROTTLE = $_ }) -FromOutput }
        Add-Result "Rotating $($case.Tokens) tokens with -ThrottleLimit 8, against one by one; answers take $($case.Latency) ms" $case.Goal (New-Comparison $ours $theirs 'ms')

        # What arrived at the emulator, each credential by itself: never more within a second than the limits say.
        $seen = Get-EmulatorRequest -Emulator $astro | Where-Object { $_.headers.Authorization -eq 'Bearer ORGANIZATION API token' }
        foreach ($limit in @{ GET = 25; POST = 10; DELETE = 5 }.GetEnumerator()) {
            $times = @($seen | Where-Object method -EQ $limit.Key | ForEach-Object { [DateTimeOffset]$_.startedAt } | Sort-Object)
            for ($i = 0; $i + $limit.Value -lt $times.Count; $i++) {
                if (($times[$i + $limit.Value] - $times[$i]).TotalSeconds -lt 0.95) { throw "More than $($limit.Value) $($limit.Key) within a second." }
            }
        }
    } finally { Stop-TestEmulator $astro }
}
