# What the module promises as a whole: what it exports, how it is named, and that help and tests keep up with it.

BeforeDiscovery {
    $manifest = Import-PowerShellDataFile (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')
    $cmdlets = $manifest.CmdletsToExport | ForEach-Object { @{ Name = $_ } }
    # Whoever only reads has no use for -WhatIf, nor has the choice among connections; a new verb has to know it.
    $changing = $manifest.CmdletsToExport | Where-Object { $_ -notmatch '^(Get|Test|ConvertFrom|Select)-' } | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    Import-Module AstroAuth
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module (Join-Path $root 'build/Support/PesterRun.psm1') -Force
    $manifest = Import-PowerShellDataFile (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')
    $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters

    function Get-OwnParameter($Command) { $Command.Parameters.Values | Where-Object Name -NotIn $common }
}

Describe 'the manifest' {
    It 'is valid and speaks of this module' {
        $tested = Test-ModuleManifest (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1') -WarningVariable warnings -ErrorVariable errors
        $warnings | Should -BeNullOrEmpty
        $errors | Should -BeNullOrEmpty
        $tested.Author | Should -Be 'AstroAuth contributors'
        "$($tested.Version)" | Should -Be $manifest.ModuleVersion
        $tested.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
    }

    It 'exports each cmdlet of the DLL, and nothing else' {
        $types = [Management.Automation.PSCmdlet].Assembly.GetType('System.Management.Automation.CmdletAttribute')
        $inDll = (Get-Command Connect-Astro).ImplementingType.Assembly.GetExportedTypes() |
            ForEach-Object { $_.GetCustomAttributes($types, $false) } | ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $manifest.CmdletsToExport | Sort-Object | Should -Be ($inDll | Sort-Object)
        (Get-Module AstroAuth).ExportedCommands.Keys | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        foreach ($key in 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') { $manifest.$key | Should -BeNullOrEmpty }
    }

    It 'has what a gallery shows, and the changelog of its version as notes' {
        Import-Module (Join-Path $root 'build/Support/Staging.psm1') -Force
        $data = $manifest.PrivateData.PSData
        foreach ($key in 'GUID', 'Author', 'CompanyName', 'Copyright', 'Description', 'PowerShellVersion', 'DotNetFrameworkVersion', 'CLRVersion') { $manifest.$key | Should -Not -BeNullOrEmpty -Because $key }
        $manifest.GUID | Should -Be '6b8b7f5e-3a0c-4a49-9e0f-6a3d7c0f2b51' -Because 'it is the module to everybody who names it by its id'
        foreach ($tag in 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS') { $data.Tags | Should -Contain $tag }
        $data.Tags | Where-Object { $_ -match '\s' } | Should -BeNullOrEmpty -Because 'a gallery takes a space for the end of a tag'
        $data.LicenseUri | Should -Match '^https://'
        $data.RequireLicenseAcceptance | Should -BeFalse
        $data.ReleaseNotes -replace '\r\n', "`n" | Should -Be (Get-ReleaseNote -Path (Join-Path $root 'CHANGELOG.md') -Version $manifest.ModuleVersion)
    }

    It 'has the version of the DLLs' {
        foreach ($file in Get-ChildItem $env:ASTROAUTH_STAGED -Recurse -Filter 'AstroAuth*.dll') {
            [Diagnostics.FileVersionInfo]::GetVersionInfo($file.FullName).ProductVersion | Should -Be $manifest.ModuleVersion -Because $file.Name
        }
    }

    It 'keeps SecretManagement out of what an import or an installation asks for' {
        $manifest.PrivateData.PSData.ExternalModuleDependencies | Should -Be 'Microsoft.PowerShell.SecretManagement'
    }

    It 'needs no other module' {
        $manifest.ContainsKey('RequiredModules') | Should -BeFalse
        $manifest.ContainsKey('RequiredAssemblies') | Should -BeFalse
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll { $command = Get-Command $Name }

    It 'has an approved verb and a singular noun' {
        (Get-Verb).Verb | Should -Contain $command.Verb
        $command.Noun | Should -MatchExactly '^Astro([A-Z][a-z]+)*$'
        $command.Noun | Should -Not -Match '[^s]s$'
    }

    It 'takes no secret as text' {
        $text = Get-OwnParameter $command | Where-Object { $_.ParameterType -in [string], [string[]], [object] }
        # A name of a secret, an expected kind or an environment variable is none.
        $text.Name | Where-Object { $_ -match 'Token|Password|Secret|Key|Credential|Bearer' -and $_ -notin 'SecretName' } | Should -BeNullOrEmpty
    }

    It 'takes a bare number for days wherever it takes a time span' {
        foreach ($parameter in Get-OwnParameter $command | Where-Object { $_.ParameterType -in [timespan], [nullable[timespan]] }) {
            @($parameter.Attributes.Where({ $_.GetType().Name -eq 'DaysArgumentAttribute' })).Count | Should -Be 1 -Because "-$($parameter.Name) 30 must not be 30 ticks"
        }
    }

    It 'says what it gives' {
        if ($command.Verb -eq 'Disconnect') { $command.OutputType | Should -BeNullOrEmpty }
        else { $command.OutputType | Should -Not -BeNullOrEmpty }
    }

    It 'has no positional parameter without a mandatory or single meaning' {
        foreach ($set in $command.ParameterSets) {
            $positions = @($set.Parameters | Where-Object Position -GE 0 | ForEach-Object Position)
            @($positions | Sort-Object -Unique).Count | Should -Be $positions.Count
        }
    }

    It 'has a page of help that is finished, with a synopsis and an example' {
        $page = Get-Content (Join-Path $root "docs/en-US/$Name.md") -Raw
        $page | Should -Not -Match '\{\{\s*Fill|TODO|TBD'
        $page | Should -Match '(?m)^## SYNOPSIS'
        $page | Should -Match '(?m)^## EXAMPLES'
    }

    It 'explains each parameter' {
        $page = Get-Content (Join-Path $root "docs/en-US/$Name.md") -Raw
        foreach ($parameter in (Get-OwnParameter $command).Name) {
            $page | Should -Match "(?m)^### -$parameter\s*\r?\n+(``````|[^#\s])"
        }
        [regex]::Matches($page, '(?m)^### -(\w+)').ForEach({ $_.Groups[1].Value }) | Where-Object { $_ -notin $common } |
            Should -BeIn (Get-OwnParameter $command).Name
    }

    It 'has examples that PowerShell can read and that name parameters there are' {
        $page = Get-Content (Join-Path $root "docs/en-US/$Name.md") -Raw
        $examples = [regex]::Match($page, '(?ms)^## EXAMPLES(.*?)^## ').Groups[1].Value
        $blocks = [regex]::Matches($examples, '(?ms)^```(?<language>\w*)\s*\n(?<text>.*?)^```') | Where-Object { $_.Groups['language'].Value -in '', 'powershell' }
        $blocks | Should -Not -BeNullOrEmpty
        foreach ($block in $blocks) {
            $tokens = $errors = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($block.Groups['text'].Value, [ref]$tokens, [ref]$errors)
            $errors | Should -BeNullOrEmpty
            foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $called = Get-Command $call.GetCommandName() -Module AstroAuth -ErrorAction Ignore
                if (-not $called) { continue }
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    @($called.Parameters.Keys | Where-Object { $_ -like "$($parameter.ParameterName)*" }) | Should -Not -BeNullOrEmpty -Because "$($call.Extent.Text) must be possible"
                }
            }
        }
    }

    It 'is found by Get-Help' {
        $help = Get-Help $Name -Full
        $help.Synopsis.Trim() | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$Name " -Because 'that is what PowerShell makes up where there is no help'
    }

    It 'has tests that its name finds' {
        Find-TestFile (Get-ChildItem $PSScriptRoot -Filter *.Tests.ps1) $Name | Should -Not -BeNullOrEmpty
    }
}

Describe 'all of them' {
    It 'know -WhatIf where they change something: <Name>' -ForEach $changing {
        (Get-Command $Name).Parameters.Keys | Should -Contain 'WhatIf'
    }

    It 'do not know -WhatIf where they only read' {
        foreach ($command in Get-Command -Module AstroAuth -Verb Get, Test, ConvertFrom) { $command.Parameters.Keys | Should -Not -Contain 'WhatIf' }
    }

    It 'are silent unless -PassThru where they change the session' {
        foreach ($name in 'Connect-Astro', 'Import-AstroConnection', 'Select-AstroConnection', 'Set-AstroConnection') { (Get-Command $name).Parameters.Keys | Should -Contain 'PassThru' }
    }

    It 'take -Connection where they call Astro' {
        foreach ($name in 'Get-AstroAccessToken', 'Get-AstroApiToken', 'Get-AstroOrganization', 'Get-AstroWorkspace', 'New-AstroWorkspace', 'Set-AstroWorkspace', 'Remove-AstroWorkspace', 'Get-AstroDeploymentOption', 'New-AstroApiToken', 'Invoke-AstroRequest', 'Test-AstroConnection', 'Test-AstroApiToken', 'Export-AstroTokenReport',
            'Get-AstroDag', 'Suspend-AstroDag', 'Resume-AstroDag', 'Get-AstroDagRun', 'Start-AstroDagRun', 'Invoke-AstroAirflowRequest',
            'Publish-AstroDag', 'Get-AstroDeploy', 'Set-AstroDeploy', 'Restore-AstroDeploy') {
            (Get-Command $name).Parameters.Keys | Should -Contain 'Connection'
        }
    }

    It 'have error ids that are unique and each explained' {
        $text = 'src/AstroAuth/Strings*.cs', 'src/AstroAuth.Engine/Strings*.cs' | ForEach-Object { Get-Content (Join-Path $root $_) -Raw }
        $ids = [regex]::Matches("$text", 'const string (\w+) =').ForEach({ $_.Groups[1].Value })
        $ids.Count | Should -BeGreaterThan 40
        $ids | Group-Object | Where-Object Count -GT 1 | ForEach-Object Name | Should -BeNullOrEmpty
        $about = Get-Content (Join-Path $root 'docs/en-US/about_Astro_Errors.md') -Raw
        $ids | Where-Object { $about -notmatch "\b$_\b" } | Should -BeNullOrEmpty -Because 'about_Astro_Errors lists the ids'
    }

    It 'have error ids that code can only name by nameof' {
        $code = Get-ChildItem (Join-Path $root 'src/AstroAuth'), (Join-Path $root 'src/AstroAuth.Engine') -Recurse -Filter *.cs |
            Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' | Get-Content -Raw
        [regex]::Matches("$code", 'new Astro\w*Exception\(\s*"').Count | Should -Be 0
    }
}

Describe 'the staged module' {
    It 'holds these files beside its libraries, and no other' {
        $help = Get-ChildItem (Join-Path $root 'docs/en-US') -Filter 'about_*.md' | ForEach-Object { "en-US/$($_.BaseName).help.txt" }
        $views = Get-ChildItem (Join-Path $root 'src/AstroAuth/Views') -Filter *.ps1xml | ForEach-Object { "views/$($_.Name)" }
        $expected = @('AstroAuth.Abstractions.dll', 'AstroAuth.cdx.json', 'AstroAuth.dll', 'AstroAuth.Loader.dll', 'AstroAuth.psd1',
            'LICENSE', 'THIRD-PARTY-NOTICES.md', 'deps/core/AstroAuth.Engine.dll', 'deps/desktop/AstroAuth.Engine.dll', 'en-US/AstroAuth.dll-Help.xml') + $help + $views
        # The libraries of others are held against the notices in Package.Tests.ps1.
        $files = Get-ChildItem $env:ASTROAUTH_STAGED -Recurse -File -Force | ForEach-Object { [IO.Path]::GetRelativePath($env:ASTROAUTH_STAGED, $_.FullName).Replace('\', '/') }
        $files | Where-Object { $_ -notmatch '^deps/(core|desktop)/(?!AstroAuth\.)[^/]+\.dll$' } | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'holds no test, no symbol and no part of PowerShell' {
        $files = Get-ChildItem $env:ASTROAUTH_STAGED -Recurse -File
        $files.Name | Where-Object { $_ -match '\.(pdb|xml|deps\.json)$|Test|^System\.Management\.Automation' -and $_ -notmatch '-Help\.xml$' } | Should -BeNullOrEmpty
    }

    It 'has views that PowerShell accepts' {
        $views = (Get-ChildItem (Join-Path $env:ASTROAUTH_STAGED 'views')).FullName
        { Update-FormatData -AppendPath $views -ErrorAction Stop } | Should -Not -Throw
    }
}
