# What a repository gets: the package as Publish-PSResource makes it, the same bytes each time, and nothing in it that is not accounted for.

BeforeDiscovery {
    # There the user's folders cannot be moved by a variable, and an installation would be the user's own.
    $noHome = $IsWindows
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1') -Force
    $root = Split-Path (Split-Path $PSScriptRoot)
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

    $package = New-TestPackage $staged 'package'
    $bill = Get-Content (Join-Path $staged 'AstroAuth.cdx.json') -Raw | ConvertFrom-Json
}

Describe 'the package' {
    It 'has the same bytes when it is made again, elsewhere and of files of another time' {
        $copy = Copy-Staged 'again'
        Get-ChildItem $copy -Recurse -File | ForEach-Object { $_.LastWriteTimeUtc = [datetime]::new(2001, 2, 3, 4, 5, 6, [DateTimeKind]::Utc) }
        Get-Sha256 (New-TestPackage $copy 'package-again') | Should -Be (Get-Sha256 $package)
        $archive = [IO.Compression.ZipFile]::OpenRead($package)
        try { $archive.Entries.LastWriteTime.Year | Sort-Object -Unique | Should -Be 1980 -Because 'two packages of the same second would agree about now' }
        finally { $archive.Dispose() }
    }

    It 'holds each file of the staged module, and the licence, the notices and the bill of materials among them' {
        $inside = (Read-Archive $package).Keys | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]|AstroAuth\.nuspec$)' } | Sort-Object
        $inside | Should -Be (Get-RelativeFile $staged)
        foreach ($name in 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'AstroAuth.cdx.json') { $inside | Should -Contain $name }
    }

    It 'says of itself what the manifest says' {
        $metadata = ([xml][Text.Encoding]::UTF8.GetString((Read-Archive $package)['AstroAuth.nuspec']).TrimStart([char]0xFEFF)).package.metadata
        $metadata.version | Should -Be $manifest.ModuleVersion
        $metadata.description | Should -Be $manifest.Description
        $metadata.licenseUrl | Should -Be $manifest.PrivateData.PSData.LicenseUri
        $metadata.releaseNotes | Should -Match 'Connect-Astro'
        # SecretManagement is for those who use vaults; installing must not ask a gallery for it.
        $metadata.SelectNodes('*[local-name()="dependencies"]').Count | Should -Be 0
    }
}

Describe 'a repository of one''s own' -Skip:$noHome {
    BeforeAll {
        $folders = @{ Mine = New-TestFolder 'home'; Direct = New-TestFolder 'direct'; Release = New-TestFolder 'release' }
        $installed = Join-Path $folders.Mine ".local/share/powershell/Modules/AstroAuth/$($manifest.ModuleVersion)"
        $child = Invoke-ChildPwsh -Environment @{ HOME = $folders.Mine; XDG_DATA_HOME = $null } -ArgumentList $staged, $package, $folders.Direct, $folders.Release {
            $ErrorActionPreference = 'Stop'
            $env:PSModulePath = Join-Path $PSHOME Modules
            Unregister-PSResourceRepository PSGallery
            Register-PSResourceRepository direct -Uri $args[2] -Trusted
            Register-PSResourceRepository release -Uri $args[3] -Trusted
            Publish-PSResource -Path $args[0] -Repository direct
            Publish-PSResource -NupkgPath $args[1] -Repository release
            Install-PSResource AstroAuth -Repository release
            $env:PSModulePath += [IO.Path]::PathSeparator + (Join-Path $HOME .local/share/powershell/Modules)
            Import-Module AstroAuth
            (Get-Module AstroAuth).ModuleBase
            @(Get-Command -Module AstroAuth).Count
        }
        $child.StdErr | Should -BeNullOrEmpty
        $found = $child.StdOut -split '\r?\n'
    }

    It 'takes the package and gives it back by Install-PSResource, with no gallery at hand' {
        $found[-2] | Should -Be $installed
        $found[-1] | Should -Be $manifest.CmdletsToExport.Count
        $files = Get-RelativeFile $installed | Where-Object { $_ -ne 'PSGetModuleInfo.xml' }
        $files | Should -Be (Get-RelativeFile $staged)
        foreach ($file in $files) { Get-Sha256 (Join-Path $installed $file) | Should -Be (Get-Sha256 (Join-Path $staged $file)) -Because $file }
    }

    It 'would have got the same by Publish-PSResource from the staged module' {
        $name = Split-Path $package -Leaf
        Get-Sha256 (Join-Path $folders.Release $name) | Should -Be (Get-Sha256 $package)
        $ours = Read-Archive $package
        $theirs = Read-Archive (Join-Path $folders.Direct $name)
        # The part that Publish-PSResource names anew each time, what refers to it, and the list of types, which it shuffles.
        $made = '\.psmdcp$|^_rels/|^\[Content_Types\]'
        @($ours.Keys).Count | Should -Be @($theirs.Keys).Count
        $names = $theirs.Keys | Where-Object { $_ -notmatch $made }
        ($ours.Keys | Where-Object { $_ -notmatch $made } | Sort-Object) | Should -Be ($names | Sort-Object)
        foreach ($name in $names) { [Linq.Enumerable]::SequenceEqual($ours[$name], $theirs[$name]) | Should -BeTrue -Because $name }
    }

    It 'gives a module that does the main job from end to end' {
        $output = & (Join-Path $build 'demo.ps1') $installed $env:ASTROAUTH_EMULATOR
        "$output" | Should -Match 'Done in \d+ s'
    }
}

Describe 'the build' {
    It 'gives the same DLLs from the same sources in another folder' {
        $copy = New-TestFolder 'elsewhere'
        foreach ($file in 'Directory.Build.props', 'Directory.Packages.props', '.editorconfig') { Copy-Item (Join-Path $root $file) $copy }
        $null = New-Item -ItemType Directory (Join-Path $copy 'build')
        Copy-Item (Join-Path $build 'BannedSymbols.txt') (Join-Path $copy 'build')
        $projects = 'AstroAuth', 'AstroAuth.Abstractions', 'AstroAuth.Engine', 'AstroAuth.Loader'
        foreach ($project in $projects) {
            $from = Join-Path $root "src/$project"
            foreach ($file in Get-RelativeFile $from | Where-Object { $_ -notmatch '^(bin|obj)/' }) {
                $to = Join-Path $copy "src/$project/$file"
                $null = New-Item -ItemType Directory (Split-Path $to) -Force
                Copy-Item (Join-Path $from $file) $to
            }
        }
        # Pester lies in the packages folder; HOME is the test's own, where there is none.
        $env:NUGET_PACKAGES = Split-Path (Split-Path (Split-Path (Get-Module Pester).ModuleBase))
        $outputs = [ordered]@{
            'AstroAuth.dll'                     = "src/AstroAuth/bin/Release/$($props.AstroStandardFramework)"
            'AstroAuth.Abstractions.dll'        = "src/AstroAuth.Abstractions/bin/Release/$($props.AstroStandardFramework)"
            'AstroAuth.Loader.dll'              = "src/AstroAuth.Loader/bin/Release/$($props.AstroCoreFramework)"
            'deps/core/AstroAuth.Engine.dll'    = "src/AstroAuth.Engine/bin/Release/$($props.AstroCoreFramework)"
            'deps/desktop/AstroAuth.Engine.dll' = "src/AstroAuth.Engine/bin/Release/$($props.AstroDesktopFramework)"
        }
        $solution = Join-Path $copy 'Module.slnx'
        $lines = $projects | ForEach-Object { '<Project Path="src/{0}/{0}.csproj" />' -f $_ }
        Set-Content $solution -Value '<Solution>', $lines, '</Solution>'
        # Neither analyzers nor documentation get into a DLL. A compiler that runs already would repeat its own random choices.
        $said = dotnet build $solution --configuration Release --nologo --verbosity quiet -nodeReuse:false -p:UseSharedCompilation=false -p:RunAnalyzers=false -p:GenerateDocumentationFile=false -p:NuGetAudit=false 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        foreach ($dll in $outputs.Keys) {
            Get-Sha256 (Join-Path $copy "$($outputs[$dll])/$(Split-Path $dll -Leaf)") | Should -Be (Get-Sha256 (Join-Path $staged $dll)) -Because $dll
        }
    }
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
