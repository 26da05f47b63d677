# What each type looks like: tables that fit a terminal of 80 columns, colours where they are wanted, and clean JSON.

BeforeDiscovery {
    [xml]$xml = Get-Content (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.Format.ps1xml') -Raw
    $views = $xml.Configuration.ViewDefinitions.View
    $tables = $views | Where-Object { $_.TableControl } | ForEach-Object { $view = $_; $view.ViewSelectedBy.TypeName | ForEach-Object { @{ Type = $_ -replace '^AstroAuth\.'; Labels = @($view.TableControl.TableHeaders.TableColumnHeader.Label) } } }
    $types = $views.ViewSelectedBy.TypeName | Sort-Object -Unique | ForEach-Object { @{ Type = $_ -replace '^AstroAuth\.' } }
}

BeforeAll {
    'Emulator', 'Session', 'Canary', 'TestVault' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data = $env:XDG_DATA_HOME
    $env:XDG_DATA_HOME = "$TestDrive/data"
    $null = New-Item -ItemType Directory -Path "$TestDrive/data/AstroAuth/sessions", "$TestDrive/dags/a-folder-with-a-long-name/and-one-more-below-it" -Force
    Set-Content "$TestDrive/data/AstroAuth/sessions/a.json" (ConvertTo-Json @{ Name = 'a-session-of-mine'; Domain = 'astronomer.io'; User = 'somebody.with.a.long.name@example.com'; OrganizationId = 'clo0000000000000000000001'; LastUsedOn = '2026-01-02T03:04:05Z' })
    Set-Content "$TestDrive/dags/a-folder-with-a-long-name/and-one-more-below-it/a_dag_with_a_long_name.py" 'x = 1'
    Register-SecretVault -Name ViewVault -ModuleName AstroTestVault -DefaultVault

    Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -Name 'the-connection-of-production'
    Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -Name key -NoDefault -WarningAction Ignore
    $global:Error.Clear()
    Invoke-AstroRequest nowhere -ErrorAction SilentlyContinue
    $diagnostic = Get-AstroDiagnostic
    $issued = New-AstroApiToken -Name 'a token with a name of some length' -Role WORKSPACE_MEMBER -Workspace 'Data Platform' -Vault ViewVault -SecretName view
    $option = Get-AstroDeploymentOption
    $run = Start-AstroDagRun customer_import -Deployment sales-etl
    $objects = @{
        AstroConnection             = Get-AstroConnection
        AstroApiToken               = Get-AstroApiToken
        AstroIssuedApiToken         = $issued
        AstroDeployment             = Get-AstroDeployment
        AstroOrganization           = Get-AstroOrganization
        AstroWorkspace              = Get-AstroWorkspace
        AstroDeploymentOption       = $option
        AstroRuntimeRelease         = $option.RuntimeReleases
        AstroMachine                = @($option.SchedulerMachines) + @($option.WorkerMachines)
        AstroDag                    = Get-AstroDag -Deployment sales-etl
        AstroDagRun                 = $run
        AstroTokenInfo              = ConvertTo-Secure $astro.tokens.organizationOwner.value | ConvertFrom-AstroToken
        AstroKeyConversion          = Convert-AstroDeploymentKey -Connection key -CreateAs 'the-connection-of-production' -Vault ViewVault -SecretName converted
        AstroTokenRotation          = $issued | Invoke-AstroApiTokenRotation -Confirm:$false
        AstroSavedSession           = Get-AstroConnection -ListAvailable
        AstroRole                   = Get-AstroRole
        AstroDeploy                 = Publish-AstroDag "$TestDrive/dags" reporting -Description 'a description that is longer than what fits into a column' -PassThru
        AstroBundleFile             = Publish-AstroDag "$TestDrive/dags" sales-etl -DryRun
        AstroTokenFinding           = Test-AstroApiToken
        AstroTokenAuditSummary      = Test-AstroApiToken -AsSummary
        AstroDiagnostic             = $diagnostic
        AstroDiagnosticAssembly     = $diagnostic.Assemblies
        AstroDiagnosticConnection   = $diagnostic.Connections
        AstroDiagnosticEndpoint     = $diagnostic.Endpoints
        AstroDiagnosticVault        = $diagnostic.Vaults
        AstroDiagnosticSavedSession = $diagnostic.SavedSessions
        AstroDiagnosticError        = $diagnostic.Errors
        AstroConnectionTest         = Test-AstroConnection -Detailed
        AstroAccessToken            = Get-AstroAccessToken
    }
}
AfterAll {
    $env:XDG_DATA_HOME = $data
    Stop-TestEmulator
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
                Update-FormatData -AppendPath $path
                Remove-Variable PSStyle -Force -Scope Global
                $tokens | Format-Table | Out-String -Width 80
            }).AddArgument((Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.Format.ps1xml')).AddArgument($sample.Values)
        $text = $shell.Invoke() -join ''
        $shell.Dispose()
        $text | Should -Match '(?m)^never .* never'
        $text | Should -Match '(?m)^soon .* 20\d\d-'
    }
}

Describe 'every object' {
    It '<Type> has a list and a wide view that say something' -ForEach $types {
        $objects[$Type] | Select-Object -First 1 | Format-List | Out-String -Width 80 | Should -Match '(?m)^\w+ *: \S'
        $objects[$Type] | Select-Object -First 1 | Format-Wide | Out-String -Width 80 | Should -Match '\S{2}'
    }

    It '<Type> is JSON without a warning, that can be read again and holds no secret' -ForEach $types {
        $warnings = $null
        $json = $objects[$Type] | ConvertTo-Json -Depth 5 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        ConvertFrom-Json $json | Should -Not -BeNullOrEmpty
        $secrets = @{ owner = $astro.tokens.organizationOwner.value; key = $astro.legacyKey.secret; made = ConvertTo-Plain $issued.Token; kept = Get-Secret view -Vault ViewVault -AsPlainText }
        Find-Canary -Text $json -Canary $secrets | Should -BeNullOrEmpty
    }
}
