#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
BeforeDiscovery {
    $noTerminal = -not (Get-Command script -CommandType Application -ErrorAction Ignore) -or -not $IsLinux
}

Describe 'Connect-Astro -Interactive' -Skip:$noTerminal {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1'), (Join-Path $PSScriptRoot 'Support/Login.psm1') -Force
        $emulator = Start-TestEmulator
        $owner = $emulator.users.owner
        $domain = @{ ASTRO_DOMAIN = $emulator.httpsDomain; ASTRO_CA_FILE = $emulator.caFile; TEST_WORKSPACE = $emulator.workspaces[0].name; TEST_EMULATOR = $emulator.Uri }
    }
    AfterAll { Stop-TestEmulator $emulator }

    It 'opens the browser, and comes back as the person who signed in' {
        $terminal = Start-TerminalPwsh -Environment $domain {
            $connection = Connect-Astro -Interactive -Workspace $env:TEST_WORKSPACE -PassThru
            $connection.Kind, $connection.Source, $connection.User, $connection.Organization.Id, $connection.Workspace.Name
            Test-AstroConnection
        }
        $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $owner
        $result = Wait-TerminalPwsh $terminal
        $result.errors | Should -BeNullOrEmpty
        $result.output -split '\r?\n' | Should -Be @('User', 'Login', $owner.email, $emulator.organization.id, $emulator.workspaces[0].name, 'True')
    }

    It 'signs in by itself where there is nothing else and somebody to ask' {
        $terminal = Start-TerminalPwsh -Environment $domain { (Connect-Astro -Workspace $env:TEST_WORKSPACE -PassThru).Kind }
        $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $owner
        (Wait-TerminalPwsh $terminal).output | Should -Be 'User'
    }

    It 'writes the link as a warning with -NoBrowser and takes the callback' {
        $terminal = Start-TerminalPwsh -Environment $domain { (Connect-Astro -LoginLink -Workspace $env:TEST_WORKSPACE -PassThru).Kind }
        $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $owner
        (Wait-TerminalPwsh $terminal).output | Should -Be 'User'
    }

    It 'takes the address that is pasted' {
        $terminal = Start-TerminalPwsh -Environment $domain { (Connect-Astro -NoBrowser -Workspace $env:TEST_WORKSPACE -PassThru).Kind }
        $address = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $owner -NoCallback
        $terminal.Process.StandardInput.Write("$($address.AbsoluteUri)`r")
        $terminal.Process.StandardInput.Flush()
        (Wait-TerminalPwsh $terminal).output | Should -Be 'User'
    }

    It 'tells somebody who is only invited to where and until when, and what to do' {
        $terminal = Start-TerminalPwsh -Environment $domain {
            try { Connect-Astro -Interactive } catch { "$(($_.FullyQualifiedErrorId -split ',')[0]) $($_.CategoryInfo.Category) $_" }
            "left $(@(Get-AstroConnection).Count)"
        }
        $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $emulator.users.invited
        $lines = (Wait-TerminalPwsh $terminal).output -split '\r?\n'
        $lines[0] | Should -Match "^InvitationPending PermissionDenied $([regex]::Escape($emulator.users.invited.email)) is only invited .*$($emulator.organization.id) \(until \d{4}-\d\d-\d\d \d\d:\d\dZ\).*Accept the invitation"
        $lines[1] | Should -Be 'left 0'
    }

    It 'begins with what an imported connection of the name knows' {
        $file = Join-Path $TestDrive 'config.yaml'
        Set-Content $file "contexts:`n  one:`n    domain: $($emulator.httpsDomain)`n    organization: $($emulator.organization.id)`n    workspace: $($emulator.workspaces[1].id)`n    user_email: $($owner.email)"
        $terminal = Start-TerminalPwsh -Environment @{ ASTRO_CA_FILE = $emulator.caFile; TEST_FILE = $file } {
            $name = (Import-AstroConnection -Path $env:TEST_FILE -PassThru).Name
            (Connect-Astro -Name $name -Interactive -PassThru).Workspace.Id
        }
        $link = Receive-LoginLink $terminal
        "$link" | Should -Match ([regex]::Escape([uri]::EscapeDataString($owner.email)))
        $null = Complete-LoginPage -Link $link -User $owner
        (Wait-TerminalPwsh $terminal).output | Should -Be $emulator.workspaces[1].id
    }

    It 'shows a page and a code with -UseDeviceCode, and saves the session like any other' {
        $null = Set-EmulatorSetting @{ deviceCode = $true; deviceCodeIntervalSeconds = 0 }
        $terminal = Start-TerminalPwsh -Environment $domain {
            (Connect-Astro -UseDeviceCode -AllowUnprotectedCache -Workspace $env:TEST_WORKSPACE -PassThru).User
            $resumed = Connect-Astro -PassThru
            "$($resumed.Source) $($resumed.User)"
            Disconnect-Astro -Verbose 4>&1 | ForEach-Object Message | Where-Object { $_ -match 'revoked' }
            $null = Invoke-RestMethod "$env:TEST_EMULATOR/_emulator/settings" -Method Post -Body '{"deviceCode":false}' -ContentType application/json
            try { Connect-Astro -UseDeviceCode } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
        }
        Complete-DevicePage -Code (Receive-DeviceCode $terminal) -User $owner
        $result = Wait-TerminalPwsh $terminal
        $result.output -split '\r?\n' | Should -Be @($owner.email, "Cache $($owner.email)", 'The session was revoked at localhost.', 'DeviceCodeNotOffered')
        $result.warnings | Should -Match 'is good for 15 min'
    }

    It 'lets the person choose among several workspaces' {
        $terminal = Start-TerminalPwsh -Environment $domain { (Connect-Astro -Interactive -PassThru).Workspace.Id }
        $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $owner
        $screen = Wait-TerminalText $terminal 'Which workspace\?\s+1\s+[^\r\n]+\s+2  [^(]+\((?<second>\w+)\)[\s\S]*Number, 1 to 2:'
        $terminal.Process.StandardInput.Write("2`r")
        $terminal.Process.StandardInput.Flush()
        (Wait-TerminalPwsh $terminal).output | Should -Be $screen.second
    }

    It 'says <Id> where <Why>' -TestCases @(
        @{ Why = 'PowerShell was started with -NonInteractive'; Interactive = $false; Variables = @{} }
        @{ Why = 'the input is redirected'; Interactive = $true; Variables = @{} }
        @{ Why = 'it is a CI job'; Interactive = $true; Variables = @{ TF_BUILD = 'True' } }
    ) {
        $clean = @{ CI = $null; TF_BUILD = $null; GITHUB_ACTIONS = $null; ASTRO_API_TOKEN = $null; ASTRONOMER_KEY_ID = $null; ASTRONOMER_KEY_SECRET = $null }
        foreach ($name in $Variables.Keys) { $clean[$name] = $Variables[$name] }
        $result = Invoke-ChildPwsh -Interactive:$Interactive -Environment ($domain + $clean) {
            foreach ($parameters in @{ Interactive = $true }, @{ NoBrowser = $true }, @{ UseDeviceCode = $true }, @{}) {
                try { Connect-Astro @parameters } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
            }
        }
        $result.StdOut -split '\r?\n' | Should -Be @('InteractiveLoginImpossible', 'InteractiveLoginImpossible', 'InteractiveLoginImpossible', 'NoCredential')
    }
}
