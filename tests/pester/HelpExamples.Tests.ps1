# Every example of every page does, against the emulator, what the page says: it ends without an error, shows what the page
# shows, gives the types that the page names, changes nothing with -WhatIf and tells no secret.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/HelpExample.psm1'), (Join-Path $PSScriptRoot 'Support/HelpWorld.psm1') -Force
    $noTerminal = -not (Get-Command script -CommandType Application -ErrorAction Ignore) -or -not $IsLinux
    $pages = foreach ($file in Get-ChildItem (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/en-US') -Filter *-*.md) {
        $page = $file.BaseName
        $examples = foreach ($example in Get-HelpExample $file.FullName) {
            $example.Page = $page
            $example.Skipped = $noTerminal -and (Test-NeedsTerminal $page $example.Number)
            $example
        }
        @{ Page = $page; Examples = @($examples) }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/HelpExample.psm1'), (Join-Path $PSScriptRoot 'Support/HelpWorld.psm1') -Force
    $folder = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/en-US'
    $width = 80
    Start-HelpWorld (New-Item -ItemType Directory (Join-Path $TestDrive 'world')).FullName
}
AfterAll {
    Set-Location $PSScriptRoot
    Stop-HelpWorld
}

Describe 'the examples of <Page>' -ForEach $pages {
    It 'are at least three, numbered, each with commands and with fences of powershell or output alone' {
        $Examples.Count | Should -BeGreaterOrEqual 3
        $Examples.Number | Should -Be (1..$Examples.Count)
        $Examples.Code | Should -Not -Contain ''
        $Examples.Other | Should -BeNullOrEmpty
    }

    It '<Number>: <Title>' -ForEach @($Examples | Where-Object { -not (Get-HelpExemption $Page $_.Number) }) {
        if ($Skipped) { Set-ItResult -Skipped -Because 'it needs a terminal of Linux' }
        Reset-HelpWorld $Page $Number
        $output = @(Invoke-HelpExample $Page $Number $Code)
        $text = $output | Out-String -Width $width

        Find-Surprise $Code $output $folder | Where-Object { -not (Test-IsQuiet $Page $Number) } | Should -BeNullOrEmpty
        $text | Should -Not -Match 'eyJ[\w-]{20}'
        if ($null -ne $Shown) { ConvertTo-Stable $text | Should -Be (ConvertTo-Stable $Shown) }
        if ($Code -match '-WhatIf' -and $Code -notmatch '\n') {
            Get-HelpWorldChange | Should -BeNullOrEmpty
        }
    }
}

Describe 'what is left out' {
    It 'is less than five examples, each of which there is' {
        $left = (Get-HelpExemption).Keys
        @($left).Count | Should -BeLessThan 5
        $left | Should -BeIn @(foreach ($page in $pages) { $page.Examples | ForEach-Object { "$($page.Page) $($_.Number)" } })
    } -TestCases @{ pages = $pages }
}
