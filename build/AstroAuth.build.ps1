<#
.SYNOPSIS
    The tasks of build.ps1, run by Invoke-Build.
#>
param(
    [string] $Configuration = 'Release',
    [string] $Filter,
    [string] $PesterFolder,
    [string] $SigningScript
)

Import-Module (Join-Path $PSScriptRoot 'Support/Process.psm1'), (Join-Path $PSScriptRoot 'Support/Staging.psm1'), (Join-Path $PSScriptRoot 'Support/Archive.psm1') -Force

$root = Split-Path $PSScriptRoot
$output = Join-Path $root 'output'
$props = Get-ProjectProperty -Path (Join-Path $root 'Directory.Build.props')
$manifest = Join-Path $root 'AstroAuth.psd1'
$version = (Test-Path -LiteralPath $manifest) ? (Import-PowerShellDataFile -LiteralPath $manifest).ModuleVersion : $props.VersionPrefix
$staged = Join-Path $output "AstroAuth/$version"
$testModules = Join-Path $output 'test-modules'
$billOfMaterials = @{
    Staged    = $staged
    Assets    = Join-Path $root 'src/AstroAuth.Engine/obj/project.assets.json'
    Framework = @{ core = $props.AstroCoreFramework; desktop = $props.AstroDesktopFramework }
    License   = $props.PackageLicenseExpression
}

# One line a step is enough; Invoke-Build's own would be two.
Set-BuildHeader { }
Set-BuildFooter { Write-Build DarkGray ('{0,-11} {1,6:n1} s' -f $Task.Name, $Task.Elapsed.TotalSeconds) }

function Get-BinaryFolder([string] $Project, [string] $Framework) {
    Join-Path $root "$Project/bin/$Configuration/$Framework"
}

# Our own part of the module: where it lies there and where it is built, both without .dll or .pdb.
$ownBinary = [ordered]@{
    'AstroAuth'                     = Join-Path (Get-BinaryFolder 'src/AstroAuth' $props.AstroStandardFramework) 'AstroAuth'
    'AstroAuth.Abstractions'        = Join-Path (Get-BinaryFolder 'src/AstroAuth.Abstractions' $props.AstroStandardFramework) 'AstroAuth.Abstractions'
    'AstroAuth.Loader'              = Join-Path (Get-BinaryFolder 'src/AstroAuth.Loader' $props.AstroCoreFramework) 'AstroAuth.Loader'
    'deps/core/AstroAuth.Engine'    = Join-Path (Get-BinaryFolder 'src/AstroAuth.Engine' $props.AstroCoreFramework) 'AstroAuth.Engine'
    'deps/desktop/AstroAuth.Engine' = Join-Path (Get-BinaryFolder 'src/AstroAuth.Engine' $props.AstroDesktopFramework) 'AstroAuth.Engine'
}

function Get-EmulatorDll {
    Join-Path (Get-BinaryFolder 'src/AstroAuth.Emulator' $props.AstroToolFramework) 'AstroAuth.Emulator.dll'
}

# Compiles the solution.
task build {
    Invoke-Tool -Path dotnet -WorkingDirectory $root -ArgumentList @(
        'build', (Join-Path $root 'AstroAuth.sln'), '--configuration', $Configuration,
        '--verbosity', 'quiet', '--nologo', '-consoleLoggerParameters:NoSummary')
}

# Lays out the module as it is tested, packed and published.
task stage build, {
    requires -Path $manifest
    if ($version -ne $props.VersionPrefix) {
        throw "AstroAuth.psd1 says version $version, Directory.Build.props says $($props.VersionPrefix)."
    }

    New-StagedModule -Destination $staged -Root $root -Binary @(
        $ownBinary.GetEnumerator() | Where-Object Key -NotLike 'deps/*' | ForEach-Object { "$($_.Value).dll" }
    ) -Dependency @{
        core    = Get-BinaryFolder 'src/AstroAuth.Engine' $props.AstroCoreFramework
        desktop = Get-BinaryFolder 'src/AstroAuth.Engine' $props.AstroDesktopFramework
    }
}

# Builds and lays out what stands in for SecretManagement; by itself, so that the solution need not know tests' modules.
task vaultdouble {
    Invoke-Tool -Path dotnet -WorkingDirectory $root -ArgumentList @(
        'build', (Join-Path $root 'tests/modules/SecretManagement.Double'), '--configuration', $Configuration,
        '--verbosity', 'quiet', '--nologo', '-consoleLoggerParameters:NoSummary')
    New-VaultDouble -Destination $testModules -Project (Join-Path $root 'tests/modules/SecretManagement.Double') `
        -Binary (Get-BinaryFolder 'tests/modules/SecretManagement.Double' $props.AstroStandardFramework)
}

# Turns docs/en-US into the module's help, and lists what the module consists of now that it is whole. The module is
# imported to read what the pages leave out, so in a child.
task help stage, {
    $arguments = @(
        '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'ConvertTo-Maml.ps1'),
        '-Source', (Join-Path $root 'docs/en-US'), '-ModulePath', (Join-Path $staged 'AstroAuth.psd1'),
        '-Destination', (Join-Path $staged 'en-US'))
    $pwsh = Get-PowerShellCommand
    Invoke-Tool -Path $pwsh.Path -ArgumentList ($pwsh.Prefix + $arguments) -WorkingDirectory $root -PassThru
    & (Join-Path $PSScriptRoot 'New-BillOfMaterials.ps1') @billOfMaterials
}

# Writes the public surface as it is now to tests/surface, where Surface.Tests.ps1 finds what it must be.
task surface stage, {
    $pwsh = Get-PowerShellCommand
    Invoke-Tool -Path $pwsh.Path -WorkingDirectory $root -ArgumentList ($pwsh.Prefix + @(
            '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'Write-Surface.ps1'),
            '-ModulePath', (Join-Path $staged 'AstroAuth.psd1'), '-Root', $root))
}

# Runs xunit and Pester; build.ps1 prints the counts as the last line.
task test help, vaultdouble, {
    $run = @{
        Root          = $root
        Configuration = $Configuration
        Filter        = $Filter
        PesterFolder  = $PesterFolder
        Staged        = $staged
        Emulator      = Get-EmulatorDll
        DesktopTests  = Join-Path (Get-BinaryFolder 'tests/AstroAuth.Desktop.Tests' $props.AstroDesktopFramework) 'AstroAuth.Desktop.Tests.exe'
        TestModules   = $testModules
        Results       = Join-Path $output 'test-results'
    }
    & (Join-Path $PSScriptRoot 'Invoke-Tests.ps1') @run
}

task demo help, vaultdouble, {
    & (Join-Path $PSScriptRoot 'demo.ps1') $staged (Get-EmulatorDll)
}

task bench pack, vaultdouble, {
    & (Join-Path $PSScriptRoot 'bench.ps1') $staged (Get-EmulatorDll) -Package (Join-Path $output "AstroAuth.$version.nupkg") -Filter ($Filter ? $Filter : '*')
}

# Makes the package that a repository takes, and its symbols beside it.
task pack help, {
    if ($SigningScript) {
        & (Join-Path $PSScriptRoot 'Invoke-Signing.ps1') -Staged $staged -Script $SigningScript
        # Signed files are others than those that were listed.
        & (Join-Path $PSScriptRoot 'New-BillOfMaterials.ps1') @billOfMaterials
    }
    $package = & (Join-Path $PSScriptRoot 'New-Package.ps1') -Staged $staged -Destination $output
    $symbols = Join-Path $output "AstroAuth.$version.symbols.zip"
    $entries = @{}
    foreach ($binary in $ownBinary.GetEnumerator()) { $entries["$($binary.Key).pdb"] = [IO.File]::ReadAllBytes("$($binary.Value).pdb") }
    Write-Archive -Path $symbols -Entries $entries
    foreach ($file in Get-Item -LiteralPath $package, $symbols) {
        Write-Build DarkGray ('{0}, {1:n0} KiB, SHA-256 {2}' -f $file.FullName, ($file.Length / 1KB), (Get-FileHash -LiteralPath $file.FullName).Hash.ToLowerInvariant())
    }
}

# Removes all that a build makes.
task clean {
    Remove-Item -LiteralPath $output -Recurse -Force -ErrorAction Ignore
    Get-ChildItem -Path (Join-Path $root 'src'), (Join-Path $root 'tests'), $PSScriptRoot -Recurse -Directory -Include bin, obj |
        Where-Object { Test-Path -LiteralPath $_.FullName } |
        Remove-Item -Recurse -Force
}
