<#
.SYNOPSIS
    Writes the public surface of the staged module to tests/surface.
#>
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Root
)

$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
Import-Module (Join-Path $PSScriptRoot 'Support/Surface.psm1')
Write-Surface -Surface (Get-Surface -Root $Root) -Folder (Join-Path $Root 'tests/surface')
