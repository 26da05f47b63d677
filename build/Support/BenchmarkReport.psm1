#requires -Version 7.2
Set-StrictMode -Version Latest

# Why each file is there; a file without a reason fails the report.
$reasons = @{
    'AstroAuth.dll'                              = 'the cmdlets'
    'AstroAuth.Abstractions.dll'                 = 'the public types, shared by cmdlets and engine'
    'AstroAuth.Loader.dll'                       = 'the load context of PowerShell 7'
    'AstroAuth.Engine.dll'                       = 'the engine'
    'Polly.Core.dll'                             = 'retries'
    'System.Threading.RateLimiting.dll'          = 'client-side rate limits; not part of the .NET runtime'
    'System.Text.Json.dll'                       = 'JSON; not part of .NET Framework'
    'System.Text.Encodings.Web.dll'              = 'needed by System.Text.Json'
    'System.IO.Pipelines.dll'                    = 'needed by System.Text.Json'
    'System.Memory.dll'                          = 'needed by System.Text.Json'
    'System.Buffers.dll'                         = 'needed by System.Memory'
    'System.Numerics.Vectors.dll'                = 'needed by System.Memory'
    'System.Runtime.CompilerServices.Unsafe.dll' = 'needed by System.Memory'
    'System.Threading.Tasks.Extensions.dll'      = 'ValueTask, needed by Polly.Core and System.Text.Json'
    'Microsoft.Bcl.AsyncInterfaces.dll'          = 'needed by Polly.Core and System.Text.Json'
    'Microsoft.Identity.Client.dll'              = 'signing in as a person; loaded by nobody else'
    'Microsoft.Identity.Client.Extensions.Msal.dll' = 'saved sessions in DPAPI, Keychain or Secret Service'
    'Microsoft.IdentityModel.Abstractions.dll'   = 'needed by Microsoft.Identity.Client'
    'System.Security.Cryptography.ProtectedData.dll' = 'DPAPI; the version whose one file holds the Windows code'
    'YamlDotNet.dll'                             = 'the Astro CLI''s configuration; loaded by Import-AstroConnection alone'
    'System.Diagnostics.DiagnosticSource.dll'    = 'needed by Microsoft.Identity.Client'
    'System.Formats.Asn1.dll'                    = 'needed by Microsoft.Identity.Client'
    'System.IO.FileSystem.AccessControl.dll'     = 'needed by Microsoft.Identity.Client.Extensions.Msal'
    'System.Security.AccessControl.dll'          = 'needed by System.IO.FileSystem.AccessControl'
    'System.Security.Principal.Windows.dll'      = 'needed by System.Security.AccessControl'
    'Microsoft.Bcl.TimeProvider.dll'             = 'the clock, needed by Polly.Core'
    'System.ValueTuple.dll'                      = 'forwards to the framework under the version that System.Text.Json asks for'
}

# The tables of a report that was written before: the heading, then its lines.
function Read-BenchmarkTable([string] $Report, [string] $Heading) {
    $match = [regex]::Match($Report, "(?m)^## $([regex]::Escape($Heading))\n\n(?<table>(?:\|.*\n)+)")
    if ($match.Success) { $match.Groups['table'].Value.TrimEnd("`n") -split "`n" }
}

<#
.SYNOPSIS
    Writes the measurements as a page.
#>
function Format-BenchmarkReport {
    param([string] $Former, [Collections.IDictionary] $Tables, $Requests, [string] $Staged, [string] $Package, [int] $Runs)

    $lines = [Collections.Generic.List[string]]::new()
    $lines.Add('# Benchmarks')
    $lines.Add('')
    $lines.Add("Written by ``./build.ps1 bench``. Ratios of medians over $Runs runs (5 for memory), both sides in turn in one run; the times are of one machine with $([Environment]::ProcessorCount) cores, PowerShell $($PSVersionTable.PSVersion) on .NET $([Environment]::Version), and matter only as ratios.")
    $lines.Add('')
    $lines.Add('PowerShell as a .NET tool, which is what was measured here, comes without precompiled code for its own engine: the first run of anything is compiled on the spot, for the module as for what it is measured against.')
    $lines.Add('')

    # What was not measured this time keeps its table.
    $headings = @([regex]::Matches($Former, '(?m)^## (.+)$').ForEach({ $_.Groups[1].Value }) + $Tables.Keys | Where-Object { $_ -notin 'Requests', 'Size' } | Select-Object -Unique)
    foreach ($heading in $headings) {
        $lines.Add("## $heading")
        $lines.Add('')
        if ($Tables.Contains($heading)) {
            $lines.Add('| what | ours | theirs | ratio | goal |')
            $lines.Add('| --- | ---: | ---: | ---: | ---: |')
            foreach ($row in $Tables[$heading]) { $lines.Add("| $($row.What) | $($row.Ours) | $($row.Theirs) | $($row.Ratio) | $($row.Goal) |") }
        } else {
            Read-BenchmarkTable $Former $heading | ForEach-Object { $lines.Add($_) }
        }
        $lines.Add('')
    }

    $lines.Add('## Requests')
    $lines.Add('')
    if ($Requests) {
        $lines.Add('| what | requests |')
        $lines.Add('| --- | ---: |')
        foreach ($row in $Requests) { $lines.Add("| $($row.What) | $($row.Count) |") }
    } else {
        Read-BenchmarkTable $Former 'Requests' | ForEach-Object { $lines.Add($_) }
    }
    $lines.Add('')
    Add-PayloadSize $lines $Staged $Package
    ($lines -join "`n") + "`n"
}

function Add-PayloadSize([Collections.Generic.List[string]] $Lines, [string] $Staged, [string] $Package) {
    $Lines.Add('## Size')
    $Lines.Add('')
    foreach ($part in ([ordered]@{ '' = 'The module'; 'deps/core' = 'Payload of PowerShell 7'; 'deps/desktop' = 'Payload of Windows PowerShell 5.1' }).GetEnumerator()) {
        $files = @(Get-ChildItem -LiteralPath (Join-Path $Staged $part.Key) -Filter *.dll | Sort-Object Name)
        $Lines.Add(('### {0}: {1:n0} KiB' -f $part.Value, (($files | Measure-Object Length -Sum).Sum / 1KB)))
        $Lines.Add('')
        $Lines.Add('| file | KiB | why |')
        $Lines.Add('| --- | ---: | --- |')
        foreach ($file in $files) {
            if (-not $reasons.ContainsKey($file.Name)) { throw "$($file.Name) ships without a reason; say one in build/Support/BenchmarkReport.psm1." }
            $Lines.Add(('| {0} | {1:n0} | {2} |' -f $file.Name, ($file.Length / 1KB), $reasons[$file.Name]))
        }
        $Lines.Add('')
    }
    $total = (Get-ChildItem -LiteralPath $Staged -Recurse -File | Measure-Object Length -Sum).Sum / 1KB
    $help = (Get-ChildItem -LiteralPath (Join-Path $Staged 'en-US') -File | Measure-Object Length -Sum).Sum / 1KB
    $Lines.Add(('All files of the staged module together: {0:n0} KiB, {1:n0} of them help. The package, which is compressed: {2:n0} KiB.' -f $total, $help, ((Get-Item -LiteralPath $Package).Length / 1KB)))
}

Export-ModuleMember -Function Format-BenchmarkReport
