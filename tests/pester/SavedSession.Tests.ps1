#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
BeforeDiscovery {
    $noTerminal = -not (Get-Command script -CommandType Application -ErrorAction Ignore) -or -not $IsLinux
}

Describe 'A user session that lasts' -Skip:$noTerminal {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1'), (Join-Path $PSScriptRoot 'Support/Login.psm1') -Force
        $emulator = Start-TestEmulator
        $owner = $emulator.users.owner

        # What a person's machine is like: a home, no keyring, no CI.
        function New-Home {
            $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))).FullName
            @{
                HOME = $folder; XDG_DATA_HOME = Join-Path $folder 'data'; DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent'
                ASTRO_DOMAIN = $emulator.httpsDomain; ASTRO_CA_FILE = $emulator.caFile; TEST_WORKSPACE = $emulator.workspaces[0].name
            }
        }

        function New-Session([hashtable] $At) {
            $terminal = Start-TerminalPwsh -Environment $At { Connect-Astro -Interactive -AllowUnprotectedCache -Workspace $env:TEST_WORKSPACE; 'signed in' }
            $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $owner
            $result = Wait-TerminalPwsh $terminal
            $result.output | Should -Be 'signed in'
            $result.errors | Should -BeNullOrEmpty
        }

        function Invoke-At([hashtable] $At, [scriptblock] $Script) { Invoke-ChildPwsh -Environment (Get-CleanAt $At) -Script $Script }

        function Get-CleanAt([hashtable] $At) {
            $At + @{ CI = $null; TF_BUILD = $null; GITHUB_ACTIONS = $null; ASTRO_API_TOKEN = $null; ASTRONOMER_KEY_ID = $null; ASTRONOMER_KEY_SECRET = $null }
        }
    }
    AfterAll { Stop-TestEmulator $emulator }
    AfterEach { $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 86400 } }

    It 'goes on in another process without a request, and shows itself without a token' {
        $at = New-Home
        New-Session $at
        Clear-EmulatorRequest
        $result = Invoke-At $at {
            $connection = Connect-Astro -PassThru
            "$($connection.Source) $($connection.User) $($connection.Workspace.Name)"
            (Get-AstroAccessToken).Kind
            $saved = Get-AstroConnection -ListAvailable
            "$($saved.Name) $($saved.Domain) $($saved.User) $($saved.Organization.Id) $($saved.IsProtected)"
            $saved | ConvertTo-Json
        }
        $lines = $result.StdOut -split '\r?\n'
        $lines[0] | Should -Be "Cache $($owner.email) $($emulator.workspaces[0].name)"
        $lines[1] | Should -Be 'User'
        $lines[2] | Should -Be "default $($emulator.httpsDomain) $($owner.email) $($emulator.organization.id) False"
        $result.StdOut | Should -Not -Match 'eyJ'
        @(Get-EmulatorRequest) | Should -HaveCount 0
    }

    It 'does not wait for a renewal of another process while its own access token lives' {
        $at = New-Home
        New-Session $at
        $lock = (Get-ChildItem -LiteralPath (Join-Path $at.XDG_DATA_HOME 'AstroAuth/sessions') -Filter *.cache).FullName -replace '\.cache$', '.renewal'
        $held = [IO.File]::Open($lock, 'OpenOrCreate', 'ReadWrite', 'None')
        try { $result = Invoke-At $at { (Connect-Astro -PassThru).Source; (Get-AstroAccessToken).Kind } } finally { $held.Dispose() }
        $result.StdErr | Should -BeNullOrEmpty
        $result.StdOut -split '\r?\n' | Should -Be 'Cache', 'User'
    }

    It 'renews a saved access token that has less than five minutes left' {
        $at = New-Home
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 299 }
        New-Session $at
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 86400 }
        Clear-EmulatorRequest
        (Invoke-At $at { (Connect-Astro -PassThru).Source }).StdOut | Should -Be 'Cache'
        @(Get-EmulatorRequest | Where-Object path -EQ '/oauth/token') | Should -HaveCount 1
    }

    It 'keeps folder and files to their owner, even when they were open' {
        $at = New-Home
        $folder = Join-Path $at.XDG_DATA_HOME 'AstroAuth/sessions'
        $null = New-Item -ItemType Directory -Path $folder -Force
        chmod 755 $folder
        New-Session $at
        stat -c '%a' $folder | Should -Be '700'
        foreach ($file in Get-ChildItem -LiteralPath $folder -File | Where-Object Extension -in '.cache', '.json') { stat -c '%a' $file.FullName | Should -Be '600' }
        $cache = Get-ChildItem -LiteralPath $folder -Filter *.cache
        chmod 644 $cache.FullName
        (Invoke-At $at { (Connect-Astro -PassThru).Source }).StdOut | Should -Be 'Cache'
        stat -c '%a' $cache.FullName | Should -Be '600'
    }

    It 'refuses a symbolic link' {
        $at = New-Home
        $elsewhere = New-Item -ItemType Directory -Path (Join-Path $at.HOME 'elsewhere')
        $null = New-Item -ItemType Directory -Path (Join-Path $at.XDG_DATA_HOME 'AstroAuth') -Force
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $at.XDG_DATA_HOME 'AstroAuth/sessions') -Target $elsewhere.FullName
        $terminal = Start-TerminalPwsh -Environment $at { (Connect-Astro -Interactive -AllowUnprotectedCache -Workspace $env:TEST_WORKSPACE -PassThru).Kind }
        $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $owner
        $result = Wait-TerminalPwsh $terminal
        $result.output | Should -Be 'User'
        $result.warnings | Should -Match 'in memory only.*symbolic link'
        @(Get-ChildItem -LiteralPath $elsewhere.FullName) | Should -HaveCount 0
    }

    It 'stays in memory with one warning where nothing protects it, and with none for -NoPersist' {
        foreach ($noPersist in $false, $true) {
            $at = New-Home
            $at.TEST_NOPERSIST = "$noPersist"
            $terminal = Start-TerminalPwsh -Environment $at { (Connect-Astro -Interactive -NoPersist:($env:TEST_NOPERSIST -eq 'True') -Workspace $env:TEST_WORKSPACE -PassThru).Kind }
            $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $owner
            $result = Wait-TerminalPwsh $terminal
            $result.output | Should -Be 'User'
            @([regex]::Matches($result.warnings, '-AllowUnprotectedCache')) | Should -HaveCount ([int](-not $noPersist))
            (Invoke-At $at { @(Get-AstroConnection -ListAvailable).Count }).StdOut | Should -Be '0'
        }
    }

    It 'lives through four processes that renew five times each at once' {
        $at = New-Home
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 60; revokeOnRefreshReuse = $true }
        New-Session $at
        Clear-EmulatorRequest
        $children = 1..4 | ForEach-Object {
            Start-ChildPwsh -Environment (Get-CleanAt $at) -Script {
                Connect-Astro
                foreach ($i in 1..5) { if (Get-AstroAccessToken) { 'renewed' } }
            }
        }
        foreach ($child in $children) {
            $result = Wait-ChildPwsh $child
            $result.StdErr | Should -BeNullOrEmpty
            $result.StdOut -split '\r?\n' | Should -Be (@('renewed') * 5)
        }
        @(Get-EmulatorRequest | Where-Object path -EQ '/oauth/token').Count | Should -BeGreaterOrEqual 20
        (Invoke-At $at { (Connect-Astro -PassThru).Source }).StdOut | Should -Be 'Cache'
    }

    It 'is ended by Disconnect-Astro, at the login service too' {
        $at = New-Home
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 60 }
        New-Session $at
        $folder = Join-Path $at.XDG_DATA_HOME 'AstroAuth/sessions'
        $copy = Join-Path $at.HOME 'copy'
        Copy-Item -LiteralPath $folder -Destination $copy -Recurse
        Clear-EmulatorRequest
        $result = Invoke-At $at { Connect-Astro; Disconnect-Astro -Verbose 4>&1 | ForEach-Object Message; @(Get-AstroConnection -ListAvailable).Count }
        $result.StdOut | Should -Match 'was revoked at localhost'
        ($result.StdOut -split '\r?\n')[-1] | Should -Be '0'
        @(Get-EmulatorRequest | Where-Object path -EQ '/oauth/revoke') | Should -HaveCount 1
        # A copy taken before is worth nothing, and says how to sign in again.
        Remove-Item -LiteralPath $folder -Recurse
        Copy-Item -LiteralPath $copy -Destination $folder -Recurse
        $result = Invoke-At $at { try { Connect-Astro } catch { ($_.FullyQualifiedErrorId -split ',')[0]; "$_" } }
        $result.StdOut | Should -Match '(?s)^LoginSessionEnded.*Connect-Astro -Interactive'
    }

    It 'is left alone with -KeepSession, and can be ended by name without going on with it' {
        $at = New-Home
        New-Session $at
        (Invoke-At $at { Connect-Astro; Disconnect-Astro -KeepSession; @(Get-AstroConnection -ListAvailable).Count }).StdOut | Should -Be '1'
        (Invoke-At $at { Disconnect-Astro default; @(Get-AstroConnection -ListAvailable).Count }).StdOut | Should -Be '0'
    }

    It 'is not used for another domain or in CI, and a broken file is no failure' {
        $at = New-Home
        New-Session $at
        foreach ($change in @{ ASTRO_DOMAIN = 'astronomer.io' }, @{ CI = 'true' }) {
            $environment = Get-CleanAt $at
            foreach ($name in $change.Keys) { $environment[$name] = $change[$name] }
            (Invoke-ChildPwsh -Environment $environment { try { Connect-Astro } catch { ($_.FullyQualifiedErrorId -split ',')[0] } }).StdOut | Should -Be 'NoCredential'
        }
        Get-ChildItem -LiteralPath (Join-Path $at.XDG_DATA_HOME 'AstroAuth/sessions') -Filter *.cache | Set-Content -Value 'no cache at all'
        $result = Invoke-At $at { try { Connect-Astro 3>&1 | ForEach-Object Message } catch { ($_.FullyQualifiedErrorId -split ',')[0] } }
        $result.StdOut | Should -Match '(NoCredential|LoginSessionEnded)$'
    }
}
