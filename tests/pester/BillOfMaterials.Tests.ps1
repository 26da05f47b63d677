# What the module is made of, as it says itself, and what a signature adds to it.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support/StagedModule.ps1')
    $bill = Get-Content (Join-Path $staged 'AstroAuth.cdx.json') -Raw | ConvertFrom-Json
}

Describe 'the bill of materials' {
    BeforeAll {
        $listed = @($bill.metadata.component.components) + @($bill.components.components)
        $shipped = foreach ($component in $bill.components) {
            foreach ($file in $component.components) {
                [pscustomobject]@{ Folder = ($file.name -split '/')[1]; File = Split-Path $file.name -Leaf; Package = "$($component.name) $($component.version)"; License = $component.licenses[0].license.id }
            }
        }
    }

    It 'lists each file of the module once, with its hash' {
        $listed.name | Sort-Object | Should -Be (Get-RelativeFile $staged | Where-Object { $_ -ne 'AstroAuth.cdx.json' })
        foreach ($file in $listed) { $file.hashes[0].content | Should -Be (Get-Sha256 (Join-Path $staged $file.name)) -Because $file.name }
    }

    It 'says package, version, licence and address of each library of others' {
        foreach ($component in $bill.components) {
            $component.purl | Should -Be "pkg:nuget/$($component.name)@$($component.version)"
            $component.licenses[0].license.id | Should -BeIn 'MIT', 'BSD-3-Clause'
        }
        $ours = @($bill.metadata.component.components.name -like '*.dll')
        $ours | ForEach-Object { Split-Path $_ -Leaf } | Should -BeLike 'AstroAuth*'
        $shipped.Count + $ours.Count | Should -Be @(Get-RelativeFile $staged | Where-Object { $_ -like '*.dll' }).Count
    }

    It 'has the form of CycloneDX 1.6' {
        $bill.bomFormat | Should -Be 'CycloneDX'
        $bill.specVersion | Should -Be '1.6'
        $bill.serialNumber | Should -Match '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
        $references = @($bill.metadata.component.'bom-ref') + @($bill.components.'bom-ref') + @($listed.'bom-ref')
        $references | Sort-Object -Unique | Should -HaveCount $references.Count
        @($bill.dependencies.ref) + @($bill.dependencies.dependsOn) | ForEach-Object { $_ | Should -BeIn $references }
    }

    It 'is the same text for the same files, and has another number for others' {
        $copy = Copy-Staged 'bill'
        Update-Bill $copy
        Get-Sha256 (Join-Path $copy 'AstroAuth.cdx.json') | Should -Be (Get-Sha256 (Join-Path $staged 'AstroAuth.cdx.json'))
        Add-Content (Join-Path $copy 'LICENSE') 'More.'
        Update-Bill $copy
        (Get-Content (Join-Path $copy 'AstroAuth.cdx.json') -Raw | ConvertFrom-Json).serialNumber | Should -Not -Be $bill.serialNumber
    }

    It 'is not made of a library that is not what its package holds, or of none' {
        $copy = Copy-Staged 'changed'
        $library = Join-Path $copy 'deps/core/Polly.Core.dll'
        [IO.File]::AppendAllText($library, 'x')
        { Update-Bill $copy } | Should -Throw '*deps/core/Polly.Core.dll is not the file of package Polly.Core/*'
        Move-Item $library (Join-Path $copy 'deps/core/Stray.dll')
        { Update-Bill $copy } | Should -Throw '*deps/core/Stray.dll comes from no package*'
    }

    It 'agrees with THIRD-PARTY-NOTICES.md about <_>' -ForEach 'core', 'desktop' {
        $text = Get-Content (Join-Path $staged 'THIRD-PARTY-NOTICES.md') -Raw
        $section = [regex]::Match($text, "(?ms)^## In deps/$_ .*?(?=^## )").Value
        $rows = [regex]::Matches($section, '(?m)^\| (\S+\.dll) \| (\S+ \S+) \| (.+?) \|$').ForEach({ $_.Groups[1].Value, $_.Groups[2].Value, $_.Groups[3].Value -join ' | ' })
        # The notices name the text further down that a licence is given with.
        $expected = $shipped | Where-Object Folder -EQ $_ | ForEach-Object { '{0} | {1} | {2}' -f $_.File, $_.Package, $_.License }
        ($rows -replace 'BSD 3-Clause$', 'BSD-3-Clause' -replace 'MIT \([^)]+\)$', 'MIT' | Sort-Object) | Should -Be ($expected | Sort-Object)
        foreach ($row in $rows) {
            $license = ($row -split ' \| ')[2] -replace '^MIT \((.+)\)$', 'MIT: $1' -replace '^BSD 3-Clause$', 'BSD 3-Clause: Polly'
            $text | Should -Match "(?m)^### $([regex]::Escape($license))$"
        }
    }
}

Describe 'signing' {
    It 'hands a script what is ours and can bear a signature, and nothing else' {
        $copy = Copy-Staged 'signing'
        $log = Join-Path $TestDrive 'signed.txt'
        $script = Join-Path $TestDrive 'record.ps1'
        Set-Content $script -Value "param([string[]] `$Path) `$Path | Set-Content '$log'"
        & (Join-Path $build 'Invoke-Signing.ps1') -Staged $copy -Script $script
        Get-Content $log | ForEach-Object { [IO.Path]::GetRelativePath($copy, $_).Replace('\', '/') } | Sort-Object | Should -Be @(
            'AstroAuth.Abstractions.dll', 'AstroAuth.dll', 'AstroAuth.Loader.dll', 'AstroAuth.psd1'
            'deps/core/AstroAuth.Engine.dll', 'deps/desktop/AstroAuth.Engine.dll'
            Get-RelativeFile $copy | Where-Object { $_ -like 'views/*.ps1xml' } | Sort-Object)
        foreach ($file in Get-RelativeFile $copy) { Get-Sha256 (Join-Path $copy $file) | Should -Be (Get-Sha256 (Join-Path $staged $file)) }
    }

    It 'shows in the bill of materials, which lists the files as they were signed' {
        $copy = Copy-Staged 'signed'
        $script = Join-Path $TestDrive 'sign.ps1'
        Set-Content $script -Value 'param([string[]] $Path) foreach ($one in $Path | Where-Object { $_ -like "*.psd1" }) { Add-Content $one "# signed" }'
        & (Join-Path $build 'Invoke-Signing.ps1') -Staged $copy -Script $script
        Update-Bill $copy
        $signed = (Get-Content (Join-Path $copy 'AstroAuth.cdx.json') -Raw | ConvertFrom-Json).metadata.component.components | Where-Object name -EQ 'AstroAuth.psd1'
        $signed.hashes[0].content | Should -Be (Get-Sha256 (Join-Path $copy 'AstroAuth.psd1'))
        $signed.hashes[0].content | Should -Not -Be (Get-Sha256 (Join-Path $staged 'AstroAuth.psd1'))
    }

    It 'ends the packing when the script fails' {
        $script = Join-Path $TestDrive 'fail.ps1'
        Set-Content $script -Value 'param([string[]] $Path) throw "no certificate"'
        { & (Join-Path $build 'Invoke-Signing.ps1') -Staged $staged -Script $script } | Should -Throw '*no certificate*'
    }
}
