# What each type looks like: tables that fit a terminal of 80 columns, colours where they are wanted, and clean JSON.

BeforeDiscovery {
    Import-Module AstroAuth
    # What has no view of one shape, and why; everything else that a cmdlet gives needs all three.
    $exempt = @{
        AstroTokenRoleList = 'table, list, wide: PowerShell shows the roles that are in it'
    }

    # The compiled types that a cmdlet gives, with all that their properties give, and what errors carry.
    $waiting = [Collections.Generic.Queue[type]]::new()
    Get-Command -Module AstroAuth | ForEach-Object { $_.OutputType.Type } | Where-Object { $_ } | ForEach-Object { $waiting.Enqueue($_) }
    $assemblies = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AstroAuth.Abstractions' }
    $assemblies.GetExportedTypes() | Where-Object { $_.IsSubclassOf([Exception]) } | ForEach-Object { $waiting.Enqueue($_) }
    $reached = [Collections.Generic.HashSet[type]]::new()
    while ($waiting.Count) {
        $type = $waiting.Dequeue()
        foreach ($argument in $type.GetGenericArguments()) { $waiting.Enqueue($argument) }
        if ($type.Assembly -notin $assemblies -or -not $reached.Add($type)) { continue }
        $type.GetProperties() | ForEach-Object { $waiting.Enqueue($_.PropertyType) }
    }
    $given = Get-Command -Module AstroAuth | ForEach-Object { $_.OutputType.Type } | Where-Object { $_.Assembly -in $assemblies } | Sort-Object Name -Unique |
        ForEach-Object { @{ Type = $_.Name; Properties = @($_.GetProperties().Name) } }
    $files = Get-ChildItem (Join-Path $env:ASTROAUTH_STAGED 'views') -Filter *.ps1xml
    $views = foreach ($file in $files) { ([xml](Get-Content $file -Raw)).Configuration.ViewDefinitions.View }
    $shapes = @{}
    foreach ($view in $views) {
        foreach ($name in $view.ViewSelectedBy.TypeName) { $shapes[$name] += @(($view.TableControl) ? 'table' : ($view.ListControl) ? 'list' : 'wide') }
    }
    $types = $reached | Where-Object { -not $_.IsEnum -and -not $_.IsSubclassOf([Exception]) -and $_.Name -notin $exempt.Keys } |
        Sort-Object Name | ForEach-Object { @{ Type = $_.Name; Shapes = $shapes[$_.FullName] } }

    $tables = foreach ($view in $views | Where-Object { $_.TableControl }) {
        $heads = @($view.TableControl.TableHeaders.TableColumnHeader)
        $cells = @($view.SelectNodes('.//TableColumnItem').InnerText)
        $left = for ($i = 0; $i -lt $heads.Count; $i++) {
            if ($cells[$i] -match '^DaysLeft$|^\[AstroAuth\.AstroView\]::(Day|Time|EndDay|EndTime|CredentialEnd|Ago)\(' -and $heads[$i].Alignment -ne 'Right') { $heads[$i].Label }
        }
        foreach ($name in $view.ViewSelectedBy.TypeName) { @{ Type = $name -replace '^AstroAuth\.'; Labels = $heads.Label; Left = $left } }
    }
    $files = $files | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

BeforeAll {
    'Session', 'Canary', 'TestVault', 'ViewObjects', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module Microsoft.PowerShell.SecretManagement
    $astro = Start-Astro
    $data = $env:XDG_DATA_HOME
    $env:XDG_DATA_HOME = "$TestDrive/data"
    Register-SecretVault -Name ViewVault -ModuleName AstroTestVault -DefaultVault
    $objects = New-ViewObject -Emulator $astro -Folder $TestDrive
    $issued = $objects.AstroIssuedApiToken
}
AfterAll {
    $env:XDG_DATA_HOME = $data
    Stop-TestEmulator
}

Describe 'what comes after something of another type' {
    It '<Type> is shown in a few lines, and not with all it has' -ForEach $given {
        $lines = (& { [datetime]::Now; @($objects[$Type])[0] } | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -match '^\w+ +:' }
        $lines.Count | Should -BeGreaterThan 1
        $lines.Count | Should -BeLessOrEqual 13
        foreach ($line in $lines) { ($line -split ' ')[0] | Should -BeIn $Properties }
        (Get-TypeData "AstroAuth.$($Type -replace 'Issued')").DefaultDisplayPropertySet.ReferencedProperties | Should -Be @($lines | ForEach-Object { ($_ -split ' ')[0] })
    }
}

Describe 'a table' {
    It 'of <Type> fits into 80 columns with every column' -ForEach $tables {
        $objects[$Type] | Should -Not -BeNullOrEmpty
        $lines = ($objects[$Type] | Format-Table | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        $head = $lines | Where-Object { $_ -match '\S' } | Select-Object -First 1
        foreach ($label in $Labels) { $head | Should -Match "(^|\s)$([regex]::Escape($label))(\s|$)" }
    }

    It 'has numbers at the right' {
        $lines = ($objects.AstroApiToken | Out-String -Width 80) -split '\r?\n'
        $head = $lines | Where-Object { $_ -match '\bDays\b' } | Select-Object -First 1
        $end = $head.IndexOf('Days') + 4
        $days = @($lines | Where-Object { $_ -match '20\d\d-\d\d-\d\d' } | ForEach-Object { $_.PadRight(80).Substring($end - 5, 5) })
        $days.Count | Should -BeGreaterThan 2
        $days | Where-Object { $_ -notmatch '^ *-?\d+$' } | Should -BeNullOrEmpty
    }

    It 'of <Type> has its dates and days left at the right' -ForEach $tables {
        $Left | Should -BeNullOrEmpty
    }

    It 'has dates of the one calendar in every culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'th-TH'
            $objects.AstroApiToken, $objects.AstroConnection | ForEach-Object { $_ } | Out-String -Width 80 | Should -Not -Match '\b25\d\d-\d\d-\d\d'
        } finally { [cultureinfo]::CurrentCulture = $culture }
    }
}

Describe 'colours' {
    BeforeAll {
        # One token of each sort, so that a colour can only be its own.
        $now = [DateTimeOffset]::UtcNow
        $sort = @{ expired = $now.AddDays(-3); soon = $now.AddDays(5); later = $now.AddDays(90); never = $null }
        $sample = @{}
        foreach ($name in $sort.Keys) {
            $token = [Activator]::CreateInstance($objects.AstroApiToken[0].GetType())
            $set = { param($property, $value) $token.GetType().GetProperty($property).GetSetMethod($true).Invoke($token, @($value)) }
            $null = & $set Name $name
            if ($sort[$name]) { $null = & $set ExpiresOn $sort[$name] }
            $sample[$name] = $token
        }
        function Get-Colour([string] $Name) {
            $rendering = $PSStyle.OutputRendering
            try {
                $PSStyle.OutputRendering = 'Ansi'
                $line = ($sample[$Name] | Format-Table | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -match "^$Name" } | Select-Object -First 1
                [regex]::Match($line, '\e\[[\d;]*m(?=20\d\d-|never)').Value
            } finally { $PSStyle.OutputRendering = $rendering }
        }
    }

    It 'tell expired from soon from later from never' {
        Get-Colour expired | Should -Be $PSStyle.Formatting.Error
        Get-Colour soon | Should -Be $PSStyle.Formatting.Warning
        Get-Colour never | Should -Be $PSStyle.Foreground.Cyan
        Get-Colour later | Should -BeNullOrEmpty
    }

    It 'stay away where plain text is wanted' {
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            $objects.AstroApiToken, $objects.AstroTokenFinding, $objects.AstroConnection | ForEach-Object { $_ } | Out-String | Should -Not -Match '\e\['
        } finally { $PSStyle.OutputRendering = $rendering }
    }

    It 'are done without where there is no $PSStyle, as in Windows PowerShell' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($path, $tokens)
                Set-StrictMode -Version Latest
                Update-FormatData -AppendPath (Get-ChildItem $path).FullName
                Remove-Variable PSStyle -Force -Scope Global
                $tokens | Format-Table | Out-String -Width 80
            }).AddArgument((Join-Path $env:ASTROAUTH_STAGED 'views')).AddArgument($sample.Values)
        $text = $shell.Invoke() -join ''
        $shell.Dispose()
        $text | Should -Match '(?m)^never .* never'
        $text | Should -Match '(?m)^soon .* 20\d\d-'
    }
}

Describe 'every object' {
    It '<Type> has a table, a list and a wide view' -ForEach $types {
        $Shapes | Sort-Object -Unique | Should -Be 'list', 'table', 'wide'
    }

    It '<Type> has a list and a wide view that say something' -ForEach $types {
        $objects[$Type] | Should -Not -BeNullOrEmpty
        $objects[$Type] | Select-Object -First 1 | Format-List | Out-String -Width 80 | Should -Match '(?m)^\w+ *: \S'
        $objects[$Type] | Select-Object -First 1 | Format-Wide | Out-String -Width 80 | Should -Match '\S{2}'
    }

    It '<Type> has a list that leaves out what is empty and fits into 80 columns' -ForEach $types {
        $lines = ($objects[$Type] | Format-List | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -match '^\w+ *: *$' } | Should -BeNullOrEmpty
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It '<Type> has dates of one form' -ForEach $types {
        $texts = 'Format-Table', 'Format-List' | ForEach-Object { $objects[$Type] | & $_ | Out-String -Width 80 }
        "$texts" | Should -Not -Match '\d\d/\d\d/\d{4}|[+-]\d\d:\d\d\b(?!\S*_)'
    }

    It '<Type> is JSON without a warning, that can be read again and holds no secret' -ForEach $types {
        $warnings = $null
        $json = $objects[$Type] | ConvertTo-Json -Depth 4 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        ConvertFrom-Json $json | Should -Not -BeNullOrEmpty
        # A span of time has parts by PowerShell's own rule.
        $json -replace '"Duration": \{[^}]*\}' | Should -Not -Match '"(CliXml|PSTypeName|SyncRoot|Ticks|DateTime|DisplayHint)"|": "(AstroAuth\.Astro|System\.(Object|String|Collections))'
        # Times are ISO 8601 and UTC, where there are any.
        [regex]::Matches($json, '"\w+On": "([^"]*)"').ForEach({ $_.Groups[1].Value }) | Where-Object { $_ -notmatch '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$' } | Should -BeNullOrEmpty
        $secrets = @{ owner = $astro.tokens.organizationOwner.value; key = $astro.legacyKey.secret; made = ConvertTo-Plain $issued.Token; kept = Get-Secret view -Vault ViewVault -AsPlainText }
        Find-Canary -Text $json -Canary $secrets | Should -BeNullOrEmpty
    }
}

Describe 'the files of the views' {
    It 'are found in a folder whose name is a pattern to PowerShell' {
        $folder = Join-Path $TestDrive 'modules [of mine]/AstroAuth'
        $null = New-Item -ItemType Directory -Path $folder
        Copy-Item -LiteralPath $env:ASTROAUTH_STAGED -Destination $folder -Recurse
        $manifest = [WildcardPattern]::Escape((Get-ChildItem -LiteralPath $folder -Recurse -Filter AstroAuth.psd1).FullName)
        $child = Invoke-ChildPwsh -ArgumentList $manifest {
            Import-Module $args[0]
            Get-AstroConnection
            [AstroAuth.AstroApiToken]::new() | Out-String -Width 80
        }
        $child.StdOut | Should -Match 'Name +Scope +Role +Expires +Days +LastUsed'
    }

    It '<Name> has no type that another one has too, and none that there is not' -ForEach $files {
        $names = Select-Xml -LiteralPath $Path -XPath '//TypeName' | ForEach-Object { $_.Node.InnerText }
        $known = $objects.Values | ForEach-Object { $_ } | ForEach-Object { $_.GetType().FullName } | Sort-Object -Unique
        $names | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
        $others = Get-ChildItem (Split-Path $Path) -Filter *.ps1xml | Where-Object Name -NE $Name
        (Select-Xml -LiteralPath $others.FullName -XPath '//TypeName').Node.InnerText | Where-Object { $_ -in $names } | Should -BeNullOrEmpty
    }
}
