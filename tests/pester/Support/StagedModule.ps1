# The staged module, copies of it and packages made of it; dot-sourced, since the test's own folder is known to the test alone.

$root = Split-Path (Split-Path (Split-Path $PSScriptRoot))
$build = Join-Path $root 'build'
'Staging', 'Archive' | ForEach-Object { Import-Module (Join-Path $build "Support/$_.psm1") -Force }
$props = Get-ProjectProperty -Path (Join-Path $root 'Directory.Build.props')
$staged = $env:ASTROAUTH_STAGED
$manifest = Import-PowerShellDataFile (Join-Path $staged 'AstroAuth.psd1')

function Get-RelativeFile([string] $Folder) {
    Get-ChildItem $Folder -Recurse -File -Force | ForEach-Object { [IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/') } | Sort-Object
}
function Get-Sha256([string] $Path) { (Get-FileHash $Path).Hash.ToLowerInvariant() }
function New-TestFolder([string] $Name) { (New-Item -ItemType Directory (Join-Path $TestDrive $Name)).FullName }
function New-TestPackage([string] $From, [string] $Name) { & (Join-Path $build 'New-Package.ps1') -Staged $From -Destination (New-TestFolder $Name) }
function Copy-Staged([string] $Name) {
    $copy = Join-Path (New-TestFolder $Name) 'AstroAuth'
    Copy-Item $staged $copy -Recurse
    $copy
}
function Update-Bill([string] $Folder) {
    & (Join-Path $build 'New-BillOfMaterials.ps1') -Staged $Folder -Assets (Join-Path $root 'src/AstroAuth.Engine/obj/project.assets.json') `
        -Framework @{ core = $props.AstroCoreFramework; desktop = $props.AstroDesktopFramework } -License $props.PackageLicenseExpression
}
