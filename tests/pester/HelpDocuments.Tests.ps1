# What a newcomer reads works as it stands there, in the emulator's world: each block of commands by itself, or, where a
# document is one story, all of them in a row.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/HelpExample.psm1') -Force
    $root = Split-Path (Split-Path $PSScriptRoot)
    $documents = @(
        @{ Document = 'README.md' }
        @{ Document = 'docs/guides/operations.md' }
        # The task scheduler is Windows', and the last block rehearses with the function of the emulator's guide.
        @{ Document = 'docs/guides/rotation.md'; Without = 'ScheduledTask|Emulator Post' }
        # The last block starts an emulator from the folder of the repository.
        @{ Document = 'docs/guides/emulator.md'; Without = 'Diagnostics\.Process'; Story = $true }
    )
    foreach ($one in $documents) {
        $blocks = @(Get-DocumentBlock (Join-Path $root $one.Document) | Where-Object { -not $one['Without'] -or $_.Code -notmatch $one.Without })
        $one.Page = [IO.Path]::GetFileNameWithoutExtension($one.Document)
        $one.Count = $blocks.Count
        $one.Blocks = if ($one['Story']) { @{ Number = 1; Title = 'all of it'; Code = $blocks.Code -join "`n" } } else { $blocks }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/HelpExample.psm1'), (Join-Path $PSScriptRoot 'Support/HelpWorld.psm1') -Force
    Start-HelpWorld (New-Item -ItemType Directory (Join-Path $TestDrive 'world')).FullName
}
AfterAll {
    Set-Location $PSScriptRoot
    Stop-HelpWorld
}

Describe '<Document>' -ForEach $documents {
    It 'has blocks of commands' { $Count | Should -BeGreaterThan 1 }

    It 'block <Number>: <Title>' -ForEach $Blocks {
        Reset-HelpWorld $Page $Number
        # A browser is opened in HelpExamples.Tests.ps1; three dots stand for a value of the reader's.
        $own = ($Code -split "`n" | Where-Object { $_ -notmatch '^Connect-Astro -Interactive' }) -join "`n" -replace "'\.\.\.'", '(Read-Host ''API token'' -MaskInput)'
        $text = Invoke-HelpExample $Page $Number $own | Out-String -Width 120
        $text | Should -Not -Match 'eyJ[\w-]{20}'
        if (-not $text.Trim() -and $own -notmatch '-WhatIf') {
            # Silent are the cmdlets that connect.
            Get-AstroConnection | Should -Not -BeNullOrEmpty
        }
    }
}
