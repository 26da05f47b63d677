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

Export-ModuleMember -Function Compare-FreshProcess, Compare-InProcess, Measure-FreshProcess, New-Comparison, Measure-Peak, New-EmptyModule, Measure-RequestCount
