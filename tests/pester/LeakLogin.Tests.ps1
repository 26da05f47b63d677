# A person signs in, renews, is refused and signs out, all streams at their loudest, under a transcript: no code, verifier or
# token of it is to be found anywhere but in memory.
BeforeDiscovery {
    $noTerminal = -not (Get-Command script -CommandType Application -ErrorAction Ignore) -or -not $IsLinux
}

Describe 'The secrets of a login' -Skip:$noTerminal {
    BeforeAll {
        'Emulator', 'ChildProcess', 'Canary', 'Login' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
        $emulator = Start-TestEmulator -Arguments '--device-code'
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 60; deviceCodeIntervalSeconds = 0 }
        $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'home')).FullName
        $temp = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'temp')).FullName
        $terminal = Start-TerminalPwsh -Environment @{
            HOME = $folder; TMPDIR = $temp; ASTRO_DOMAIN = $emulator.httpsDomain; ASTRO_CA_FILE = $emulator.caFile; DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent'
            TEST_WORKSPACE = $emulator.workspaces[0].name; TEST_EMULATOR = $emulator.Uri; TEST_SUPPORT = "$PSScriptRoot/Support"
        } {
            Import-Module "$env:TEST_SUPPORT/Canary.psm1"
            function Send($Path, $Body) { $null = Invoke-RestMethod "$env:TEST_EMULATOR/_emulator/$Path" -Method Post -Body (ConvertTo-Json $Body) -ContentType application/json -Verbose:$false -Debug:$false }
            $null = Start-Transcript -Path (Join-Path $HOME 'transcript.txt')
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $login = @{ NoPersist = $true; Workspace = $env:TEST_WORKSPACE; PassThru = $true }
            $steps = [ordered]@{
                browser  = { Connect-Astro -Interactive @login; Test-AstroConnection -Detailed; Get-AstroAccessToken; Get-AstroAccessToken }
                refused  = { Send settings @{ idToken = 'otherNonce' }; Connect-Astro -Interactive @login }
                broken   = { Send settings @{ idToken = 'right' }; Send faults @{ path = '/oauth/token'; truncate = $true }; Connect-Astro -Interactive @login }
                # Renewing fails in the middle: the refresh token was on its way.
                renewing = { Send faults @{ path = '/oauth/token'; cut = 'after' }; Get-AstroAccessToken }
                out      = { Disconnect-Astro -All }
                device   = { Connect-Astro -UseDeviceCode @login; Get-AstroAccessToken; Get-AstroConnection }
                again    = { Disconnect-Astro -All; Get-AstroAccessToken }
            }
            $ids = @()
            foreach ($name in $steps.Keys) {
                $Error.Clear()
                # Warnings go where the one at the other end looks for its code, too.
                $out = @(try { & $steps[$name] 4>&1 5>&1 6>&1 } catch { $_ })
                $out | Out-Host
                foreach ($item in @($out) + @($Error)) {
                    if ($item -is [Management.Automation.ErrorRecord]) { $ids += ($item.FullyQualifiedErrorId -split ',')[0] }
                    Get-EveryForm $item | Add-Content (Join-Path $HOME 'forms.txt')
                }
            }
            $null = Stop-Transcript
            Get-History | Format-List * | Out-String | Add-Content (Join-Path $HOME 'forms.txt')
            $ids | Sort-Object -Unique
        }
        foreach ($login in 1..3) { $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $emulator.users.owner }
        Complete-DevicePage -Code (Receive-DeviceCode $terminal) -User $emulator.users.owner
        $result = Wait-TerminalPwsh $terminal
        $secrets = Get-EmulatorLoginSecret
    }
    AfterAll { Stop-TestEmulator $emulator }

    It 'were of every kind, and failures were met' {
        foreach ($kind in 'code', 'code_verifier', 'refresh_token', 'id_token', 'access_token', 'device_code') {
            @($secrets.Keys -like "$kind *").Count | Should -BeGreaterThan 0 -Because $kind
        }
        $ids = $result.output -split '\r?\n'
        foreach ($id in 'LoginAnswerRejected', 'ConnectionBroken', 'NoCredential') { $ids | Should -Contain $id }
        (Get-Content (Join-Path $folder 'forms.txt') -Raw).Length | Should -BeGreaterThan 20000
        Get-Content (Join-Path $folder 'transcript.txt') -Raw | Should -Match 'oauth/token'
    }

    It 'are in no stream, error, form, transcript or file' {
        foreach ($file in Get-ChildItem $folder, $temp -Recurse -File -Force | Where-Object { "$($_.UnixMode)" -notmatch '^[ps]' }) {
            Find-Canary -Text ([IO.File]::ReadAllText($file.FullName)) -Canary $secrets -Where $file.FullName | Should -BeNullOrEmpty
        }
        foreach ($name in 'output', 'warnings', 'errors', 'screen') { Find-Canary -Text $result.$name -Canary $secrets -Where $name | Should -BeNullOrEmpty }
    }

    It 'are in no arguments of any process; of the login there is only its link' {
        $result.arguments | Should -Match 'https://localhost:\d+/authorize\?'
        Find-Canary -Text $result.arguments -Canary $secrets -Where arguments | Should -BeNullOrEmpty
    }

    It 'are found by the search wherever one is planted' {
        $one = @($secrets.Values)[0]
        Find-Canary -Text "x$one" -Canary $secrets -Where here | Should -Not -BeNullOrEmpty
    }
}
