#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Logins that must not succeed, and what is made of places that are gone: one terminal that signs in again and again.
BeforeDiscovery {
    $noTerminal = -not (Get-Command script -CommandType Application -ErrorAction Ignore) -or -not $IsLinux
}

Describe 'A login that is not right' -Skip:$noTerminal {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1'), (Join-Path $PSScriptRoot 'Support/Login.psm1') -Force
        $emulator = Start-TestEmulator
        $terminal = Start-TerminalPwsh -Environment @{
            ASTRO_DOMAIN = $emulator.httpsDomain; ASTRO_CA_FILE = $emulator.caFile; TEST_WORKSPACE = $emulator.workspaces[0].name
            TEST_EMULATOR = $emulator.Uri; DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent'
        } {
            function Send($Path, $Body) { $null = Invoke-RestMethod "$env:TEST_EMULATOR/_emulator/$Path" -Method Post -Body (ConvertTo-Json $Body) -ContentType application/json }
            $login = @{ Interactive = $true; AllowUnprotectedCache = $true; Workspace = $env:TEST_WORKSPACE; PassThru = $true }
            $sessions = Join-Path $HOME '.local/share/AstroAuth/sessions'
            foreach ($fault in 'badSignature', 'otherNonce', 'otherAudience', 'missing') {
                Send settings @{ idToken = $fault }
                try { $null = Connect-Astro @login } catch { "$fault $(($_.FullyQualifiedErrorId -split ',')[0]) $($_.CategoryInfo.Category): $_" }
                $kept = -join (Get-ChildItem $sessions -Filter *.cache -ErrorAction Ignore | Get-Content)
                "kept $(@(Get-AstroConnection).Count) $(@(Get-AstroConnection -ListAvailable).Count) $($kept -match 'secret')"
            }
            Send settings @{ idToken = 'right' }
            foreach ($status in 'PENDING', 'BLOCKED') {
                Send faults @{ path = '/users/self'; status = 200; body = ConvertTo-Json @{ id = 'u'; username = 'someone@example.com'; status = $status }; headers = @{ 'Content-Type' = 'application/json' } }
                try { $null = Connect-Astro @login } catch { "$status $(($_.FullyQualifiedErrorId -split ',')[0]) $($_.CategoryInfo.Category): $_" }
                "kept $(@(Get-AstroConnection).Count)"
            }
            $null = Connect-Astro @login
            $file = Get-ChildItem $sessions -Filter *.json
            $saved = Get-Content $file.FullName -Raw | ConvertFrom-Json
            $true -and $saved.OrganizationId
            $saved.OrganizationId = 'cm0000000000000000000gone'
            $saved.OrganizationName = 'Gone'
            $saved | ConvertTo-Json | Set-Content $file.FullName
            $again = Connect-Astro @login
            "organization $($again.Organization.Id)"
            # It also may still be listed and yet be closed to this person.
            Send faults @{ path = '/organizations/[^/]+/workspaces'; status = 403; body = '{"message":"no longer a member"}' }
            try { $null = Connect-Astro @login } catch { "closed $(($_.FullyQualifiedErrorId -split ',')[0])" }
        }
        foreach ($login in 1..9) { $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $emulator.users.owner }
        $result = Wait-TerminalPwsh $terminal
        $lines = $result.output -split '\r?\n'
    }
    AfterAll { Stop-TestEmulator $emulator }

    It 'is refused for an id_token with <Fault>, and nothing of it is kept' -TestCases @(
        @{ Fault = 'badSignature'; At = 0; Why = 'not signed with a key of the login service' }
        @{ Fault = 'otherNonce'; At = 2; Why = 'of another login' }
        @{ Fault = 'otherAudience'; At = 4; Why = 'for another program' }
        @{ Fault = 'missing'; At = 6; Why = 'holds no id_token' }
    ) {
        $lines[$At] | Should -BeLike "$Fault LoginAnswerRejected SecurityError: *$Why*"
        $lines[$At + 1] | Should -Be 'kept 0 0 False'
    }

    It 'is refused to a user who is <Status>, with what to do' -TestCases @(
        @{ Status = 'PENDING'; At = 8; What = 'Open the invitation' }
        @{ Status = 'BLOCKED'; At = 10; What = 'Ask an owner' }
    ) {
        $lines[$At] | Should -BeLike "$Status UserNotActive PermissionDenied: *someone@example.com*$What*"
        $lines[$At + 1] | Should -Be 'kept 0'
    }

    It 'falls through to what is there when the last used organization is gone' {
        $lines[12] | Should -Be 'True'
        $lines[13] | Should -Be "organization $($emulator.organization.id)"
    }

    It 'says so when the organization lets nobody in' {
        $lines[14] | Should -Be 'closed Forbidden'
        $result.errors | Should -BeNullOrEmpty
    }
}
