#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'Process.psm1') -Force

function Get-Median([double[]] $Values) {
    $sorted = [double[]]($Values | Sort-Object)
    $middle = [math]::Floor($sorted.Count / 2)
    if ($sorted.Count % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

function New-Comparison([double[]] $Ours, [double[]] $Theirs, [string] $Unit) {
    $our = Get-Median $Ours
    $their = Get-Median $Theirs
    [pscustomobject]@{ Ours = '{0:n1} {1}' -f $our, $Unit; Theirs = '{0:n1} {1}' -f $their, $Unit; Ratio = '{0:n2}' -f ($our / $their) }
}

# Runs a script in a fresh process; gives its wall time in ms, or the number it prints last.
function Measure-FreshProcess([string] $Script, [hashtable] $Environment, [switch] $FromOutput) {
    $pwsh = Get-PowerShellCommand
    $clean = @{}
    foreach ($name in Get-ScrubbedVariable) { $clean[$name] = $null }
    foreach ($name in $Environment.Keys) { $clean[$name] = $Environment[$name] }
    $tool = Start-Tool -Path $pwsh.Path -ArgumentList ($pwsh.Prefix + @('-NoProfile', '-NonInteractive', '-Command', $Script)) -Environment $clean
    $tool.Process.WaitForExit()
    $elapsed = $tool.Watch.Elapsed.TotalMilliseconds
    $output = $tool.Output.GetAwaiter().GetResult().Trim()
    $errors = $tool.Error.GetAwaiter().GetResult().Trim()
    if ($tool.Process.ExitCode -ne 0 -or $errors) { throw "A measured process failed: $errors" }
    if ($FromOutput) { [double]::Parse(($output -split "`n")[-1], [cultureinfo]::CurrentCulture) } else { $elapsed }
}

<#
.SYNOPSIS
    Runs two scripts in fresh processes in turn, after one warm-up each, and compares the medians.
#>
function Compare-FreshProcess {
    param(
        [Parameter(Mandatory)] [string] $Ours,
        [Parameter(Mandatory)] [string] $Theirs,
        [int] $Runs,
        [hashtable] $Environment = @{},
        [hashtable] $TheirEnvironment = $Environment,
        [switch] $FromOutput,
        [string] $Unit = 'ms'
    )

    $our = [Collections.Generic.List[double]]::new()
    $their = [Collections.Generic.List[double]]::new()
    for ($run = 0; $run -le $Runs; $run++) {
        $a = Measure-FreshProcess $Ours $Environment -FromOutput:$FromOutput
        $b = Measure-FreshProcess $Theirs $TheirEnvironment -FromOutput:$FromOutput
        if ($run) { $our.Add($a); $their.Add($b) }
    }
    New-Comparison $our $their $Unit
}

<#
.SYNOPSIS
    The median of the numbers that a script prints last, each time in a fresh process.
#>
function Measure-Peak([string] $Script, [hashtable] $Environment, [int] $Runs) {
    Get-Median @(for ($run = 0; $run -lt $Runs; $run++) { Measure-FreshProcess $Script $Environment -FromOutput })
}

<#
.SYNOPSIS
    Runs two scripts in turn inside one fresh process, after three warm-ups each, and compares the medians.
#>
function Compare-InProcess {
    param(
        [Parameter(Mandatory)] [string] $Setup,
        [Parameter(Mandatory)] [string] $Ours,
        [Parameter(Mandatory)] [string] $Theirs,
        [int] $Runs,
        [hashtable] $Environment = @{},
        [double] $Divide = 1,
        # Seconds between runs, for what the module's own rate limits would slow down; not measured.
        [int] $Pause = 0,
        [string] $Unit = 'ms'
    )

    $scale = if ($Unit -eq 'us') { 1000 / $Divide } else { 1 / $Divide }
    $script = @"
$Setup
`$w = [Diagnostics.Stopwatch]::new()
`$a = [Collections.Generic.List[double]]::new(); `$b = [Collections.Generic.List[double]]::new()
for (`$run = -3; `$run -lt $Runs; `$run++) {
    if ($Pause) { [Threading.Tasks.Task]::Delay($($Pause * 1000)).GetAwaiter().GetResult() }
    `$w.Restart(); & { $Ours }; `$x = `$w.Elapsed.TotalMilliseconds
    if ($Pause) { [Threading.Tasks.Task]::Delay($($Pause * 1000)).GetAwaiter().GetResult() }
    `$w.Restart(); & { $Theirs }; `$y = `$w.Elapsed.TotalMilliseconds
    if (`$run -ge 0) { `$a.Add(`$x * $scale); `$b.Add(`$y * $scale) }
}
@{ a = `$a; b = `$b } | ConvertTo-Json -Compress
"@
    $pwsh = Get-PowerShellCommand
    $clean = @{}
    foreach ($name in Get-ScrubbedVariable) { $clean[$name] = $null }
    foreach ($name in $Environment.Keys) { $clean[$name] = $Environment[$name] }
    $tool = Start-Tool -Path $pwsh.Path -ArgumentList ($pwsh.Prefix + @('-NoProfile', '-NonInteractive', '-Command', $script)) -Environment $clean
    $tool.Process.WaitForExit()
    $errors = $tool.Error.GetAwaiter().GetResult().Trim()
    if ($errors) { throw "A measured process failed: $errors" }
    $samples = ConvertFrom-Json $tool.Output.GetAwaiter().GetResult()
    New-Comparison $samples.a $samples.b $Unit
}

<#
.SYNOPSIS
    Makes a module of a measured assembly that does nothing on import.
#>
function New-EmptyModule([string] $Path, [string] $Assembly) {
    $folder = Join-Path $Path 'EmptyModule'
    $null = New-Item -ItemType Directory -Path $folder -Force
    Copy-Item -LiteralPath $Assembly -Destination $folder
    $manifest = Join-Path $folder 'EmptyModule.psd1'
    New-ModuleManifest -Path $manifest -RootModule (Split-Path $Assembly -Leaf) -CmdletsToExport 'Get-BenchConstant', 'Invoke-BenchBareList', 'Invoke-BenchBareDeploymentList' -FunctionsToExport @() -AliasesToExport @() -VariablesToExport @()
    $manifest
}

<#
.SYNOPSIS
    Counts what the emulator received for the promises that are counts.
#>
function Measure-RequestCount {
    param([string] $Manifest, $Emulator)

    $environment = @{ ASTRO_API_TOKEN = $Emulator.tokens.organizationOwner.value; ASTRO_DOMAIN = $Emulator.domain }
    $key = "`$k = [pscredential]::new('$($Emulator.legacyKey.id)', (ConvertTo-SecureString '$($Emulator.legacyKey.secret)' -AsPlainText))"
    $cases = [ordered]@{
        'Connect-Astro with an API token'                    = "Connect-Astro"
        'Connect-Astro -SkipValidation with an API token'    = "Connect-Astro -SkipValidation"
        'Get-AstroAccessToken after Connect-Astro (added)'   = "Connect-Astro -SkipValidation; `$null = Get-AstroAccessToken"
        '100 concurrent callers of a key without a token (exchanges)' = "$key; `$c = Connect-Astro -DeploymentKey `$k -SkipValidation -PassThru -WarningAction Ignore; 1..100 | ForEach-Object -ThrottleLimit 20 -Parallel { Import-Module '$Manifest'; `$null = Get-AstroAccessToken -Connection `$using:c }"
    }
    foreach ($case in $cases.Keys) {
        Clear-EmulatorRequest -Emulator $Emulator
        $null = Measure-FreshProcess "Import-Module '$Manifest'; $($cases[$case])" $environment
        $requests = @(Get-EmulatorRequest -Emulator $Emulator)
        if ($case -match 'exchanges') { $requests = @($requests | Where-Object path -match 'oauth/token') }
        [pscustomobject]@{ What = $case; Count = $requests.Count }
    }
}

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

<#
.SYNOPSIS
    Writes the measurements as a page.
#>
# The tables of a report that was written before: the heading, then its lines.
function Read-BenchmarkTable([string] $Report, [string] $Heading) {
    $match = [regex]::Match($Report, "(?m)^## $([regex]::Escape($Heading))\n\n(?<table>(?:\|.*\n)+)")
    if ($match.Success) { $match.Groups['table'].Value.TrimEnd("`n") -split "`n" }
}

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
            if (-not $reasons.ContainsKey($file.Name)) { throw "$($file.Name) ships without a reason; say one in build/Support/Measure.psm1." }
            $Lines.Add(('| {0} | {1:n0} | {2} |' -f $file.Name, ($file.Length / 1KB), $reasons[$file.Name]))
        }
        $Lines.Add('')
    }
    $total = (Get-ChildItem -LiteralPath $Staged -Recurse -File | Measure-Object Length -Sum).Sum / 1KB
    $help = (Get-ChildItem -LiteralPath (Join-Path $Staged 'en-US') -File | Measure-Object Length -Sum).Sum / 1KB
    $Lines.Add(('All files of the staged module together: {0:n0} KiB, {1:n0} of them help. The package, which is compressed: {2:n0} KiB.' -f $total, $help, ((Get-Item -LiteralPath $Package).Length / 1KB)))
}

Export-ModuleMember -Function Compare-FreshProcess, Compare-InProcess, Measure-FreshProcess, New-Comparison, Measure-Peak, New-EmptyModule, Measure-RequestCount, Format-BenchmarkReport
