#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
Describe 'What signing in costs those who do not' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1') -Force
        $emulator = Start-TestEmulator
    }
    AfterAll { Stop-TestEmulator $emulator }

    It 'loads nothing of the login library for an API token, a key or a list of saved sessions' {
        $environment = @{
            ASTRO_DOMAIN = $emulator.domain; ASTRO_API_TOKEN = $emulator.tokens.orgOwner.value
            TEST_KEY_ID = $emulator.legacyKey.id; TEST_KEY_SECRET = $emulator.legacyKey.secret
        }
        if (-not $environment.ASTRO_API_TOKEN) { $environment.ASTRO_API_TOKEN = @($emulator.tokens.PSObject.Properties)[0].Value.value }
        $result = Invoke-ChildPwsh -Environment $environment {
            Connect-Astro
            $null = Get-AstroAccessToken
            $null = Get-AstroConnection -ListAvailable
            Connect-Astro -DeploymentKey ([pscredential]::new($env:TEST_KEY_ID, ([Net.NetworkCredential]::new('', $env:TEST_KEY_SECRET).SecurePassword))) -WarningAction Ignore
            $null = Get-AstroAccessToken
            Disconnect-Astro
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match '^Microsoft\.Identity'
            'done'
        }
        $result.StdErr | Should -BeNullOrEmpty
        $result.StdOut | Should -Be 'done'
    }
}
