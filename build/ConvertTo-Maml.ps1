<#
.SYNOPSIS
    Turns docs/en-US into the module's help: cmdlet pages into MAML, about pages into text.
.DESCRIPTION
    Reads platyPS-style Markdown. What a page leaves out (its syntax, the facts of a parameter, types) is taken from
    the module itself, so a page needs to say only what code cannot.
#>
param(
    [Parameter(Mandatory)] [string] $Source,
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Destination
)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Help/Markdown.psm1'), (Join-Path $PSScriptRoot 'Help/Maml.psm1'), (Join-Path $PSScriptRoot 'Help/About.psm1') -Force
$null = New-Item -ItemType Directory -Path $Destination -Force

$module = Import-Module $ModulePath -PassThru
$pages = @(Get-ChildItem -LiteralPath $Source -Filter *.md | Sort-Object Name)

$topics = foreach ($page in $pages | Where-Object Name -NotLike 'about_*') {
    $topic = Read-CommandPage -Path $page.FullName
    if (-not $module.ExportedCmdlets.ContainsKey($topic.Name)) {
        throw "$($page.Name) describes $($topic.Name), which the module does not export."
    }
    [pscustomobject]@{ Topic = $topic; Command = $module.ExportedCmdlets[$topic.Name] }
}

$library = [IO.Path]::GetFileName((Import-PowerShellDataFile -LiteralPath $ModulePath).RootModule)
Export-Maml -Topic @($topics) -Path (Join-Path $Destination "$library-Help.xml")

foreach ($page in $pages | Where-Object Name -Like 'about_*') {
    $target = Join-Path $Destination "$($page.BaseName).help.txt"
    ConvertTo-AboutText -Path $page.FullName | Set-Content -LiteralPath $target -Encoding utf8BOM
}

$silent = @($module.ExportedCmdlets.Keys | Where-Object { $_ -notin @($topics | ForEach-Object { $_.Topic.Name }) } | Sort-Object)
if ($silent) { "help: no page for $($silent -join ', ')" }
