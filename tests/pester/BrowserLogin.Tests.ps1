# A login in a real browser: what plain HTTP cannot show, such as the browser's own rules and its address bar.
BeforeDiscovery {
    $missing = @('script', 'chromium' | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) })
    if ($missing) { [Console]::WriteLine("note: no browser to test with ($($missing -join ', ') missing)") }
}

Describe 'Signing in with a real browser' -Skip:([bool]$missing) {
    BeforeAll {
        'Emulator', 'ChildProcess', 'Canary', 'Login', 'Chromium' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
        $emulator = Start-TestEmulator
        $terminal = Start-TerminalPwsh -Environment @{
            ASTRO_DOMAIN = $emulator.httpsDomain; ASTRO_CA_FILE = $emulator.caFile; TEST_WORKSPACE = $emulator.workspaces[0].name
        } { (Connect-Astro -Interactive -NoPersist -Workspace $env:TEST_WORKSPACE -PassThru).User }
        $link = Receive-LoginLink $terminal
        $chromium = Start-Chromium (Join-Path $TestDrive 'profile')
        try { $page = Complete-LoginInBrowser $chromium $link $emulator.users.owner }
        finally { Stop-Chromium $chromium }
        $result = Wait-TerminalPwsh $terminal
    }
    AfterAll { Stop-TestEmulator $emulator }

    It 'goes through the pages and their rules to the end' {
        $result.errors | Should -BeNullOrEmpty
        $result.output | Should -Be $emulator.users.owner.email
        $page.Text | Should -Match 'You can return to PowerShell'
    }

    It 'leaves no code in the address bar and none in the history of the tab' {
        $page.Address | Should -Be 'http://localhost:12345/'
        $secrets = Get-EmulatorLoginSecret
        @($secrets.Keys -like 'code *').Count | Should -BeGreaterThan 0
        Find-Canary -Text ($page.History -join "`n") -Canary $secrets -Where history | Should -BeNullOrEmpty
        $page.History -join "`n" | Should -Not -Match '[?&]code='
    }
}
