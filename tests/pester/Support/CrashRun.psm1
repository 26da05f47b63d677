Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'ChildProcess.psm1'), (Join-Path $PSScriptRoot 'CrashMatrix.psm1')

<#
.SYNOPSIS
    Runs cases in several PowerShells, each with several slots, and gives them back with their findings.
#>
function Invoke-CrashMatrix([hashtable[]] $Case, [string] $Folder, [int] $Processes = 2, [int] $Slots = 5) {
    $children = foreach ($number in 1..$Processes) {
        $own = New-Item -ItemType Directory -Path (Join-Path $Folder "worker$number")
        $cases = Join-Path $own 'cases.json'
        ConvertTo-Json @($Case | Where-Object { $_.Id % $Processes -eq $number - 1 }) -Depth 4 | Set-Content -LiteralPath $cases
        Start-ChildPwsh -WorkingDirectory $own -ArgumentList $PSScriptRoot, $cases, $own, "$Slots" -Environment @{ HOME = "$own" } {
            param($Support, $Cases, $Folder, $Count)
            Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement, "$Support/Emulator.psm1", "$Support/CrashScene.psm1", "$Support/CrashMatrix.psm1"
            $common = [Collections.Concurrent.ConcurrentQueue[object]]::new()
            $variants = [Collections.Concurrent.ConcurrentQueue[object]]::new()
            foreach ($case in ConvertFrom-Json (Get-Content -LiteralPath $Cases -Raw) -AsHashtable) {
                (Test-VariantCase $case) ? $variants.Enqueue($case) : $common.Enqueue($case)
            }
            $places = 1..$Count | ForEach-Object { New-CrashSlot "S$_" $Folder -WithVariants:($_ -eq 1) }
            try {
                $done = $places | ForEach-Object -ThrottleLimit $Count -Parallel {
                    Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement, "$using:Support/CrashCase.psm1"
                    $queues = if ($_.Name -eq 'S1') { $using:variants, $using:common } else { , $using:common }
                    foreach ($queue in $queues) {
                        $case = $null
                        while ($queue.TryDequeue([ref] $case)) {
                            try { Invoke-CrashCase $_ $case }
                            catch { $case.Findings = @("the test failed: $_ $($_.ScriptStackTrace)"); $case }
                        }
                    }
                }
                ConvertTo-Json @($done) -Depth 5 | Set-Content -LiteralPath (Join-Path $Folder 'done.json')
            }
            finally { $places | ForEach-Object { Stop-TestEmulator $_.Emulator } }
        }
    }
    $number = 0
    foreach ($child in $children) {
        $number++
        $ended = Wait-ChildPwsh $child -TimeoutSec ($env:ASTROAUTH_CRASH -eq 'full' ? 3500 : 800)
        $done = Join-Path $Folder "worker$number/done.json"
        if (-not (Test-Path -LiteralPath $done)) { throw "Worker $number ended with $($ended.ExitCode): $($ended.StdOut)`n$($ended.StdErr)" }
        ConvertFrom-Json (Get-Content -LiteralPath $done -Raw) -AsHashtable | ForEach-Object { $_ }
    }
}

Export-ModuleMember -Function Invoke-CrashMatrix
