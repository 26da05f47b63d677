<#
.SYNOPSIS
    Runs one Pester file in this process and leaves its counts as JSON.
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $PesterManifest,
    [Parameter(Mandatory)] [string] $Report,
    [string] $Tests
)

$ErrorActionPreference = 'Stop'
# PowerShell adds the user's and the machine's module folders when it starts; tests see neither.
$env:PSModulePath = $env:ASTROAUTH_TEST_MODULEPATH
Import-Module $PesterManifest

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$configuration.Output.RenderMode = 'Plaintext'
if ($Tests) { $configuration.Filter.FullName = $Tests }
# The tests themselves must meet the default, not this script's.
$ErrorActionPreference = 'Continue'
$result = Invoke-Pester -Configuration $configuration

# Of the trace only the lines in tests help; the rest is Pester itself.
function Get-FailureText($Record) {
    foreach ($one in $Record) {
        '{0}' -f $one
        "$($one.ScriptStackTrace)" -split "`r?`n" | Where-Object { $_ -match '\btests\b' } | Select-Object -First 3
    }
}

$failures = @(
    foreach ($test in $result.Failed) {
        [ordered]@{ Name = $test.ExpandedPath; Message = (Get-FailureText $test.ErrorRecord) -join "`n" }
    }
    # A block or a file that fails before its first test has no failed test to show for it.
    foreach ($block in @($result.FailedBlocks) + @($result.FailedContainers)) {
        [ordered]@{ Name = "$block"; Message = (Get-FailureText $block.ErrorRecord) -join "`n" }
    }
)
$failed = $result.FailedCount
if ($failed -eq 0 -and $result.Result -eq 'Failed') { $failed = [Math]::Max(1, $failures.Count) }

[ordered]@{
    Passed   = $result.PassedCount
    Failed   = $failed
    Skipped  = $result.SkippedCount + $result.InconclusiveCount
    Failures = $failures
} | ConvertTo-Json -Depth 5 | Set-Content -LiteralPath $Report
exit ([int]($failed -ne 0))
