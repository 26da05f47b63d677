<#
.SYNOPSIS
    Hands the files of a staged module that can bear a signature to a script that signs them.
.DESCRIPTION
    Only our own: the libraries of others ship as their makers made them. The script gets the paths as -Path and signs in
    place; how, with which certificate and where from is its own affair.
#>
param(
    [Parameter(Mandatory)] [string] $Staged,
    [Parameter(Mandatory)] [string] $Script
)

$ErrorActionPreference = 'Stop'
$files = @(
    Get-ChildItem -LiteralPath $Staged -File | Where-Object Extension -In '.dll', '.psd1'
    Get-ChildItem -LiteralPath (Join-Path $Staged 'views') -File -Filter '*.ps1xml'
    Get-ChildItem -LiteralPath (Join-Path $Staged 'deps') -Recurse -File -Filter 'AstroAuth.*.dll'
) | Sort-Object FullName
& $Script -Path @($files.FullName)
$missing = @($files | Where-Object { -not (Test-Path -LiteralPath $_.FullName) })
if ($missing) { throw "The signing script took away $($missing.Name -join ', ')." }
