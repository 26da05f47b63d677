#requires -Version 7.2
<#
.SYNOPSIS
    Builds, tests and packs AstroAuth.
.DESCRIPTION
    Brings the build tools (Pester and Invoke-Build, as NuGet packages) and runs build/AstroAuth.build.ps1.
    All it needs on the machine is the .NET SDK. Without PowerShell:
    dotnet tool exec --yes powershell -- -NoProfile -File build.ps1 test
.EXAMPLE
    ./build.ps1 test -Filter 'Connect-Astro*'
    Builds, then runs the Pester files, or where none is called so the tests, of that name.
.EXAMPLE
    ./build.ps1 pack -SigningScript ../sign.ps1
    Makes the package with files that the script signed; docs/guides/release.md tells more.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('build', 'stage', 'help', 'surface', 'test', 'demo', 'bench', 'pack', 'clean')]
    [string] $Task = 'build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [string] $Filter,

    # For pack: a script that signs the files it gets as -Path.
    [string] $SigningScript
)

$ErrorActionPreference = 'Stop'
$summaryFile = Join-Path $PSScriptRoot 'output/test-results/summary.txt'
$failed = $true
$started = $false
try {
    if (Test-Path -LiteralPath $summaryFile) { Remove-Item -LiteralPath $summaryFile }

    # The SDK answers in the caller's folder, where another global.json may rule; ask it from here.
    Push-Location -LiteralPath $PSScriptRoot
    try {
        $toolsProject = Join-Path $PSScriptRoot 'build/Tools.csproj'
        $restore = dotnet restore $toolsProject --verbosity quiet --nologo 2>&1
        if ($LASTEXITCODE -ne 0) { throw "The build tools could not be restored.`n$($restore -join "`n")" }
        $packages = (dotnet nuget locals global-packages --list) -replace '^global-packages:\s*' | Select-Object -Last 1
    }
    finally { Pop-Location }

    $downloads = ([xml](Get-Content -LiteralPath $toolsProject -Raw)).Project.ItemGroup.PackageDownload
    $tools = @{}
    foreach ($download in $downloads) {
        $folder = '{0}/{1}/tools' -f $download.Include.ToLowerInvariant(), $download.Version.Trim('[', ']')
        $tools[$download.Include] = Join-Path $packages $folder
    }

    $parameters = @{
        Task          = $Task
        File          = Join-Path $PSScriptRoot 'build/AstroAuth.build.ps1'
        Configuration = $Configuration
        Filter        = $Filter
        PesterFolder  = $tools['Pester']
        SigningScript = $SigningScript ? (Resolve-Path -LiteralPath $SigningScript).ProviderPath : ''
    }
    $started = $true
    & (Join-Path $tools['Invoke-Build'] 'Invoke-Build.ps1') @parameters
    $failed = $false
}
catch {
    # Invoke-Build has told of the failures inside it.
    if (-not $started) { [Console]::Error.WriteLine($_.Exception.Message) }
}

# Readers of the log find the counts on its last line, whatever went wrong before.
if ($Task -eq 'test') {
    $summary = if (Test-Path -LiteralPath $summaryFile) { (Get-Content -LiteralPath $summaryFile -Raw).Trim() }
    $summary ? $summary : '0 passed, 1 failed'
}
exit ([int]$failed)
