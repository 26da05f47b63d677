# What a repository gets: the package as Publish-PSResource makes it, the same bytes each time, and nothing in it that is not accounted for.

BeforeDiscovery {
    # There the user's folders cannot be moved by a variable, and an installation would be the user's own.
    $noHome = $IsWindows
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1') -Force
    . (Join-Path $PSScriptRoot 'Support/StagedModule.ps1')
    $package = New-TestPackage $staged 'package'
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
