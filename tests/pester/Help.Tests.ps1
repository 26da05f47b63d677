# Help says all there is to say, as it is, and nothing of what there is not: cmdlets, parameters, types, error ids, topics.

BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')).CmdletsToExport | ForEach-Object { @{ Name = $_ } }
    $documents = Get-ChildItem (Split-Path (Split-Path $PSScriptRoot)) -Filter *.md
    $documents += Get-ChildItem (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs') -Filter *.md -Recurse
    $documents = $documents | ForEach-Object { @{ Document = $_.Name; File = $_.FullName } }
    $topics = Get-ChildItem (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/en-US') -Filter about_*.md | ForEach-Object { @{ Topic = $_.BaseName } }
}

BeforeAll {
    Import-Module AstroAuth
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module (Join-Path $root 'build/Help/Markdown.psm1'), (Join-Path $root 'build/Support/Surface.psm1') -Force
    $folder = Join-Path $root 'docs/en-US'
    $commands = @{}
    foreach ($one in ([xml](Get-Content (Join-Path $env:ASTROAUTH_STAGED 'en-US/AstroAuth.dll-Help.xml') -Raw)).helpItems.command) { $commands[$one.details.name] = $one }
    $common = [Management.Automation.PSCmdlet]::CommonParameters + 'ProgressAction'
    $surface = Get-Surface -Root $root
    $ids = @($surface.errors)
}

Describe 'the help file' {
    It 'has each cmdlet of the module, and no other; so have the list in about_AstroAuth and the table in the README' {
        $commands.Keys | Sort-Object | Should -Be ((Get-Command -Module AstroAuth).Name | Sort-Object)
        $listed = Split-Markdown (Join-Path $folder 'about_AstroAuth.md') | Where-Object Title -EQ 'CMDLETS' | ForEach-Object Lines
        foreach ($text in @("$listed", (Get-Content (Join-Path $root 'README.md') -Raw))) { $commands.Keys | Where-Object { $text -notmatch "\b$_\b" } | Should -BeNullOrEmpty }
    }
}

Describe 'the help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Name
        $help = $commands[$Name]
        $page = Read-CommandPage (Join-Path $folder "$Name.md")
        $own = @($command.Parameters.Values | Where-Object Name -NotIn $common)
    }

    It 'tells the parameters that there are, each once' {
        @($help.parameters.parameter.name) | Sort-Object | Should -Be @($own.Name | Sort-Object)
    }

    It 'tells each parameter as it is: type, aliases, position, pipeline, whether it must be given, and what it is for' {
        foreach ($told in $help.parameters.parameter) {
            $real = $command.Parameters[$told.name]
            $in = @($command.ParameterSets | Where-Object { $_.Parameters.Name -contains $told.name } | Sort-Object { -not $_.IsDefault } -Stable)[0].Parameters | Where-Object Name -EQ $told.name
            $type = [Nullable]::GetUnderlyingType($real.ParameterType) ?? $real.ParameterType
            $told.type.name | Should -Be $(if ($type -eq [int]) { 'int' } else { $type.Name }) -Because $told.name
            $told.aliases | Should -Be $(if ($real.Aliases) { $real.Aliases -join ', ' } else { 'none' }) -Because $told.name
            $told.position | Should -Be $(if ($in.Position -lt 0) { 'named' } else { "$($in.Position)" }) -Because $told.name
            $told.required | Should -Be "$($in.IsMandatory)" -Because $told.name
            $told.pipelineInput -match 'ByValue' | Should -Be $in.ValueFromPipeline -Because $told.name
            $told.pipelineInput -match 'ByPropertyName' | Should -Be $in.ValueFromPipelineByPropertyName -Because $told.name
            $told.globbing | Should -Be "$([bool]($real.Attributes | Where-Object { $_ -is [Management.Automation.SupportsWildcardsAttribute] }))" -Because $told.name
            @($told.description.para) -join '' | Should -Not -BeNullOrEmpty -Because $told.name
        }
    }

    It 'lists the values that a parameter takes, where they are few' {
        foreach ($real in $own) {
            $set = $real.Attributes | Where-Object { $_ -is [ValidateSet] } | ForEach-Object ValidValues
            $type = [Nullable]::GetUnderlyingType($real.ParameterType) ?? $real.ParameterType
            $type = if ($type.IsArray) { $type.GetElementType() } else { $type }
            $values = if ($set) { $set } elseif ($type.IsEnum) { [Enum]::GetNames($type) }
            $told = @($help.syntax.syntaxItem.parameter | Where-Object name -EQ $real.Name)[0]
            $listed = if ($told['command:parameterValueGroup']) { $told['command:parameterValueGroup'].ChildNodes.InnerText }
            $listed | Should -Be $values -Because $real.Name
        }
    }

    It 'tells the value that a parameter has by itself' {
        $fresh = [Activator]::CreateInstance($command.ImplementingType)
        foreach ($real in $own | Where-Object Name -NotIn 'WhatIf', 'Confirm') {
            $value = $fresh.GetType().GetProperty($real.Name).GetValue($fresh)
            $nothing = if ($real.ParameterType.IsValueType) { [Activator]::CreateInstance($real.ParameterType) }
            if ("$value" -eq "$nothing") { continue }
            $told = @($help.parameters.parameter | Where-Object name -EQ $real.Name)[0].defaultValue
            # A span may be written as people write it: 4:00:00.
            $(if ($value -is [timespan]) { [timespan]$told } else { $told }) | Should -Be "$value" -Because $real.Name
        }
    }

    It 'tells what comes in and what goes out' {
        $gives = @($command.OutputType.Type.FullName | ForEach-Object { $_ -eq 'System.Void' ? 'None' : $_ } | Where-Object { $_ })
        if (-not $gives) { $gives = @('None') }
        $page.Outputs.Type | Sort-Object | Should -Be ($gives | Sort-Object -Unique)
        $piped = @($command.ParameterSets.Parameters | Where-Object { $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName })
        if ($piped) { $page.Inputs.Type | Should -Not -Contain 'None' } else { $page.Inputs.Type | Should -Be 'None' }
    }

    It 'shows output that 80 columns have room for, and titles in one line' {
        foreach ($one in $help.examples.example) {
            $one.title.Length | Should -BeLessOrEqual 76
            # Code of one line may be longer and goes on in the next.
            @($one.remarks.para -split "`n" | Where-Object { $_ -match '\S {2,}\S' -and $_.Length -gt 76 }) | Should -BeNullOrEmpty
        }
    }

    It 'names error ids that there are' {
        # Elsewhere on the page backticks hold other words.
        $lines = Get-Content (Join-Path $folder "$Name.md") | Where-Object { $_ -match '^(Error|Also error) ids' }
        [regex]::Matches("$lines", '`([A-Z]\w+)`').ForEach({ $_.Groups[1].Value }) | Where-Object { $_ -notin $ids } | Should -BeNullOrEmpty
    }

    It 'leads on to pages that there are' {
        $page.Links | Should -Not -BeNullOrEmpty
        foreach ($link in $page.Links | Where-Object { -not $_.Uri }) { Join-Path $folder "$($link.Text).md" | Should -Exist }
    }
}

Describe 'about_Astro_Errors' {
    It 'explains each error id once, and none that there is not' {
        $told = Get-Content (Join-Path $folder 'about_Astro_Errors.md') | Where-Object { $_ -cmatch '^- ([A-Z]\w+(?:, [A-Z]\w+)*)(?: \([^)]*\))?:' } | ForEach-Object { $Matches[1] -split ', ' }
        $told | Group-Object | Where-Object Count -GT 1 | ForEach-Object Name | Should -BeNullOrEmpty
        $told | Sort-Object | Should -Be ($ids | Sort-Object)
    }
}

Describe 'the topic <Topic>' -ForEach $topics {
    BeforeAll {
        $text = Get-Content (Join-Path $env:ASTROAUTH_STAGED "en-US/$Topic.help.txt")
        $sections = @(Split-Markdown (Join-Path $folder "$Topic.md") | Where-Object Level -EQ 2 | ForEach-Object Title)
    }

    It 'is what Get-Help shows' {
        (Get-Help $Topic | Out-String) | Should -Match "TOPIC\s+$Topic"
    }

    It 'can be read at 80 columns, without the marks of Markdown' {
        $text | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
        # Code may hold any of these.
        $text | Where-Object { $_ -notmatch '^ {8}' -and $_ -match '\]\(|\*\*\w|```|^#' } | Should -BeNullOrEmpty
    }

    It 'begins with a short description and ends with what to read next, which there is' {
        $sections[0] | Should -Be 'SHORT DESCRIPTION'
        $sections[-1] | Should -Be 'SEE ALSO'
        $last = @(Split-Markdown (Join-Path $folder "$Topic.md"))[-1].Lines -join ' '
        $named = [regex]::Matches($last, 'about_\w+|\b[A-Z][a-zA-Z]+-Astro[A-Za-z]*').ForEach({ $_.Value })
        $named | Should -Not -BeNullOrEmpty
        foreach ($one in $named) { Join-Path $folder "$one.md" | Should -Exist }
    }

    It 'shows commands that PowerShell can read and that there are' {
        foreach ($block in Split-Markdown (Join-Path $folder "$Topic.md") | ForEach-Object { Split-Block $_.Lines } | Where-Object Language -EQ 'powershell') {
            $errors = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($block.Lines -join "`n", [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty
            foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                if ($call.GetCommandName() -notmatch '-Astro') { continue }
                $called = Get-Command $call.GetCommandName() -Module AstroAuth -ErrorAction Stop
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    $called.Parameters.Keys + $called.Parameters.Values.Aliases | Should -Contain $parameter.ParameterName -Because $call.Extent.Text
                }
            }
        }
    }
}

Describe 'the document <Document>' -ForEach $documents {
    It 'names cmdlets and topics that there are' {
        $text = Get-Content -LiteralPath $File -Raw
        $named = [regex]::Matches($text, '\b(?:Add|Connect|Convert|ConvertFrom|Disconnect|Export|Get|Import|Invoke|New|Publish|Remove|Restore|Resume|Select|Set|Start|Suspend|Test|Use)-Astro[A-Za-z]*\b').ForEach({ $_.Value }) | Select-Object -Unique
        $named | Where-Object { -not $commands.ContainsKey($_) } | Should -BeNullOrEmpty
        [regex]::Matches($text, '\babout_Astro\w*').ForEach({ $_.Value }) | Select-Object -Unique | Where-Object { -not (Test-Path (Join-Path $folder "$_.md")) } | Should -BeNullOrEmpty
    }

    It 'links to files that there are' {
        foreach ($link in [regex]::Matches((Get-Content -LiteralPath $File -Raw), '\]\((?!https?:|#)([^)#\s]+)').ForEach({ $_.Groups[1].Value })) { Join-Path (Split-Path $File) $link | Should -Exist }
    }
}

Describe 'the drawing in docs/architecture.md' {
    It 'has each room that there is: <_>' -ForEach 'AstroAuth', 'AstroAuth.Abstractions', 'AstroAuth.Engine', 'AstroAuth.Emulator' {
        $drawing = (Split-Markdown (Join-Path $root 'docs/architecture.md') | Where-Object Title -EQ 'The rooms' | ForEach-Object { Split-Block $_.Lines } | Where-Object Kind -EQ 'Code')[0].Lines -join "`n"
        $rooms = (Get-ChildItem (Join-Path $root "src/$_") -Directory | Where-Object Name -NotIn 'bin', 'obj', 'Compatibility').Name
        $rooms | Where-Object { $drawing -notmatch "\b$_\b" } | Should -BeNullOrEmpty
    }
}
