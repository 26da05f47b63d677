# A session in a real Secret Service: gnome-keyring under a D-Bus session of its own.
BeforeDiscovery {
    $tools = 'script', 'dbus-run-session', 'gnome-keyring-daemon'
    $missing = @($tools | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) })
    if ($missing) { [Console]::WriteLine("note: no Secret Service to test with ($($missing -join ', ') missing)") }
}

Describe 'A session in a keyring' -Skip:([bool]$missing) {
    BeforeAll {
        'Emulator', 'ChildProcess', 'Canary', 'Login' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
        $emulator = Start-TestEmulator
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 60 }
        $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'home')).FullName
        $open = Join-Path $TestDrive 'with-keyring'
        Set-Content -LiteralPath $open -Value "#!/bin/sh`nprintf 'keyring-password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1`nexec `"`$@`"`n" -NoNewline
        chmod 755 $open
        $terminal = Start-TerminalPwsh -Through "dbus-run-session -- '$open'" -Environment @{
            HOME = $folder; XDG_DATA_HOME = Join-Path $folder 'data'; XDG_RUNTIME_DIR = $folder
            ASTRO_DOMAIN = $emulator.httpsDomain; ASTRO_CA_FILE = $emulator.caFile; TEST_WORKSPACE = $emulator.workspaces[0].name
        } {
            (Connect-Astro -Interactive -Workspace $env:TEST_WORKSPACE -PassThru).Source
            "protected $((Get-AstroConnection -ListAvailable).IsProtected)"
            # Another process of the same desktop.
            $process = [Environment]::ProcessPath
            $first = @(if ([IO.Path]::GetFileNameWithoutExtension($process) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
            $script = { $env:PSModulePath = $env:ASTROAUTH_TEST_MODULEPATH; try { $c = Connect-Astro -PassThru; "$($c.Source) $($c.User) $((Get-AstroAccessToken).Kind)" } catch { ($_.FullyQualifiedErrorId -split ',')[0] } }
            & $process @first -NoProfile -NonInteractive -Command "$script"
            Disconnect-Astro
            & $process @first -NoProfile -NonInteractive -Command "$script"
        }
        $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $emulator.users.owner
        $result = Wait-TerminalPwsh $terminal
        $lines = $result.output -split '\r?\n'
    }
    AfterAll { Stop-TestEmulator $emulator }

    It 'is saved there without a word, and another process goes on with it and renews it' {
        $result.errors | Should -BeNullOrEmpty
        $result.warnings | Should -BeNullOrEmpty
        $lines[0..2] | Should -Be @('Login', 'protected True', "Cache $($emulator.users.owner.email) User")
    }

    It 'is gone after Disconnect-Astro' {
        $lines[3] | Should -Be 'NoCredential'
    }

    It 'leaves no secret readable in any file, the keyring''s own among them' {
        $secrets = Get-EmulatorLoginSecret
        $secrets.Count | Should -BeGreaterThan 4
        $files = @(Get-ChildItem $folder -Recurse -File -Force | Where-Object { "$($_.UnixMode)" -notmatch '^[ps]' })
        @($files.Name -like '*.keyring').Count | Should -BeGreaterThan 0
        foreach ($file in $files) { Find-Canary -Text ([IO.File]::ReadAllText($file.FullName, [Text.Encoding]::Latin1)) -Canary $secrets -Where $file.FullName | Should -BeNullOrEmpty }
    }
}
