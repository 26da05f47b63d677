# What importing costs and touches, and that a session survives every way of importing again.

BeforeAll {
    'Emulator', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-TestEmulator
    function Invoke-Fresh([scriptblock] $Script, [hashtable] $Environment = @{}) {
        $child = Invoke-ChildPwsh -Script $Script -Environment (@{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $astro.tokens.workspaceOwner.value } + $Environment)
        $child.StdErr | Should -BeNullOrEmpty
        $child.ExitCode | Should -Be 0
        $child.StdOut -split '\r?\n'
    }
}
AfterAll { Stop-TestEmulator }

Describe 'Import-Module AstroAuth' {
    It 'loads neither engine nor loader, and adds two assemblies at most' {
        $lines = Invoke-Fresh {
            $null = Get-Module
            $before = [AppDomain]::CurrentDomain.GetAssemblies().FullName
            Import-Module AstroAuth
            $added = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.FullName -notin $before }
            $added.GetName().Name | Where-Object { $_ -like 'AstroAuth*' } | Sort-Object
            "http $([bool]($added.GetName().Name -match 'System.Net.Http|Identity|Polly'))"
        }
        $lines | Should -Be 'AstroAuth', 'AstroAuth.Abstractions', 'http False'
    }

    It 'sends no request and writes no file' {
        $lines = Invoke-Fresh -Environment @{ HOME = $TestDrive; POWERSHELL_TELEMETRY_OPTOUT = '1' } {
            Import-Module AstroAuth
            Get-ChildItem $HOME -Recurse -File -Force | Where-Object FullName -Match 'astro' | ForEach-Object FullName
            'done'
        }
        $lines | Should -Be 'done'
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'loads the engine into a context of its own on first use' {
        $lines = Invoke-Fresh {
            $null = Get-AstroAccessToken
            $engine = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'AstroAuth.Engine', 'Polly.Core' } | Sort-Object FullName
            foreach ($assembly in $engine) { "$($assembly.GetName().Name) $([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name)" }
            $shared = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AstroAuth.Abstractions' }
            "abstractions $(@($shared).Count)"
        }
        $lines | Should -Contain 'AstroAuth.Engine AstroAuth'
        $lines | Where-Object { $_ -notmatch ' AstroAuth$|abstractions 1' } | Should -BeNullOrEmpty
        $lines | Should -Contain 'abstractions 1'
    }

    It 'never loads MSAL for users of <Case>' -ForEach @(
        @{ Case = 'an API token'; Environment = {} }
        @{ Case = 'a Deployment API key'; Environment = { @{ ASTRO_API_TOKEN = $null; ASTRONOMER_KEY_ID = $astro.legacyKey.id; ASTRONOMER_KEY_SECRET = $astro.legacyKey.secret } } }
    ) {
        $extra = & $Environment
        $all = @{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $astro.tokens.workspaceOwner.value }
        if ($extra) { $extra.Keys | ForEach-Object { $all[$_] = $extra[$_] } }
        $child = Invoke-ChildPwsh -Environment $all {
            Connect-Astro 3>$null
            $null = Get-AstroAccessToken
            $null = Test-AstroConnection -Detailed
            Get-AstroConnection | Out-Null
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Where-Object { $_ -match 'Identity\.Client|IdentityModel' }
            'done'
        }
        $child.StdOut | Should -Be 'done'
    }

    It 'keeps working after <Case>' -ForEach @(
        @{ Case = 'a second import'; Again = 'Import-Module AstroAuth' }
        @{ Case = 'an import with -Force'; Again = 'Import-Module AstroAuth -Force' }
        @{ Case = 'removal and import'; Again = 'Remove-Module AstroAuth; Import-Module AstroAuth' }
        @{ Case = 'removal and autoload'; Again = 'Remove-Module AstroAuth' }
        @{ Case = 'an import by path'; Again = 'Import-Module (Join-Path $env:ASTROAUTH_STAGED AstroAuth.psd1) -Force' }
    ) {
        $lines = Invoke-Fresh -Environment @{ AGAIN = $Again } {
            $ErrorActionPreference = 'Stop'
            Connect-Astro -Name before
            $kept = Get-AstroConnection before
            Invoke-Expression $env:AGAIN
            Connect-Astro -Name after
            Test-AstroConnection
            Test-AstroConnection -Connection $kept
            (Get-AstroAccessToken).ToString() -like '*hidden*'
            (Get-AstroConnection after | Out-String) -match 'after +ApiToken'
            [Management.Automation.PSSerializer]::Serialize((Get-AstroAccessToken)) -match '<SS'
            $error.Count
        }
        $lines | Should -Be 'True', 'True', 'True', 'True', 'False', '0'
    }
}
