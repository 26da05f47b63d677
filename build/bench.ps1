<#
.SYNOPSIS
    Measures the module and writes docs/benchmarks.md: ratios of medians, both sides in one run, interleaved.
.DESCRIPTION
    Fresh processes where a process is what a user pays for. Absolute times belong to the machine that measured; the
    ratios are what is promised. Each file in build/benches measures one subject: its first line is a comment that names
    the subject, and it hands its figures to Add-Result, if it has any. With a filter only the files of that name run, and only their
    tables are written anew.
#>
param(
    [Parameter(Mandatory, Position = 0)] [string] $Staged,
    [Parameter(Mandatory, Position = 1)] [string] $Emulator,
    # The package that is made of it.
    [Parameter(Mandatory)] [string] $Package,
    [string] $Filter = '*',
    [int] $Runs = 15
)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
Import-Module (Join-Path $root 'tests/pester/Support/Emulator.psm1') -Force
Import-Module (Join-Path $PSScriptRoot 'Support/Measure.psm1'), (Join-Path $PSScriptRoot 'Support/BenchmarkReport.psm1') -Force
$env:ASTROAUTH_EMULATOR = $Emulator
$manifest = Join-Path $Staged 'AstroAuth.psd1'
$work = Join-Path ([IO.Path]::GetTempPath()) "astroauth-bench-$PID"
$dll = Join-Path $root 'tests/AstroAuth.Benchmarks/bin/Release/net8.0/AstroAuth.Benchmarks.dll'
$empty = New-EmptyModule -Path $work -Assembly $dll
$requests = $null

function Add-Result([string] $What, [string] $Goal, $Comparison) {
    $row = [pscustomobject]@{ What = $What; Ours = $Comparison.Ours; Theirs = $Comparison.Theirs; Ratio = $Comparison.Ratio; Goal = $Goal }
    $results.Add($row)
    Write-Build DarkGray ('  {0}: {1} against {2}, ratio {3} (goal {4})' -f $What, $row.Ours, $row.Theirs, $row.Ratio, $Goal)
}

try {
    $tables = [ordered]@{}
    foreach ($file in Get-ChildItem -Path (Join-Path $PSScriptRoot 'benches') -Filter *.ps1 | Where-Object BaseName -Like $Filter | Sort-Object Name) {
        $results = [Collections.Generic.List[object]]::new()
        . $file.FullName
        if ($results.Count) { $tables[(Get-Content -LiteralPath $file.FullName -TotalCount 1).TrimStart('# ').TrimEnd('.')] = $results }
    }

    if (-not $tables.Count) { return }
    $path = Join-Path $root 'docs/benchmarks.md'
    $report = Format-BenchmarkReport -Former (Get-Content -LiteralPath $path -Raw) -Tables $tables -Requests $requests -Staged $Staged -Package $Package -Runs $Runs
    Set-Content -LiteralPath $path -Value $report -NoNewline
} finally {
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction Ignore
}
