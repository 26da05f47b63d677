#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What -Verbose and -Debug tell of a call, and Get-AstroDiagnostic of a process of its own.

BeforeAll {
    'Session', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-Astro
    $line = '^(?<what>[A-Z]+ http\S+) (\d{3} in|failed after) \d+ ms \(try \d'
}
AfterAll { Stop-TestEmulator }

Describe '-Verbose and -Debug' {
    BeforeEach { Reset-Session }

    It 'tell each request that is sent in one line, and each retry in another' {
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'dags') -Force
        Set-Content (Join-Path $folder 'dag.py') 'x = 1'
        $VerbosePreference = 'Continue'
        $told = & {
            Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -Name key -NoDefault
            Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
            Add-EmulatorFault @{ path = '/deployments$'; status = 503 }
            $null = Get-AstroDeployment
            $null = Get-AstroDag -Deployment sales-etl
            Publish-AstroDag $folder reporting
            $null = Get-AstroAccessToken -Connection key -MinimumLifetime 00:01
            Invoke-AstroRequest nowhere -ErrorAction Ignore
        } 3>$null 4>&1 | ForEach-Object Message
        $VerbosePreference = 'SilentlyContinue'
        $lines = @($told | Where-Object { $_ -match $line } | ForEach-Object { ([regex]::Match($_, $line).Groups['what'].Value -replace '//127\.0\.0\.1:', '//localhost:') })
        $sent = @(Get-SentRequest -AtLeast $lines.Count | ForEach-Object { "$($_.method) $($astro.Uri)$($_.path)" -replace '//127\.0\.0\.1:', '//localhost:' })
        $sent.Count | Should -BeGreaterThan 10
        ($lines | Sort-Object) | Should -Be ($sent | Sort-Object)
        foreach ($what in '/auth-config', '/oauth/token', '/api/v2/dags', 'PUT ', '/v1/nowhere') { $lines -match [regex]::Escape($what) | Should -Not -BeNullOrEmpty -Because $what }
        @($told -match 'is tried again in \d\.\d s \(try 2 of 5\): status 503$').Count | Should -Be 1
        $told -match 'sig=' | Should -BeNullOrEmpty
    }

    It 'go on where nobody can answer, with warnings in their stream' {
        $result = Invoke-ChildPwsh -Environment @{ ASTRO_API_TOKEN = $astro.tokens.organizationOwner.value; TEST_EMULATOR = $astro.Uri } {
            $null = Invoke-RestMethod "$env:TEST_EMULATOR/_emulator/faults" -Method Post -Body (ConvertTo-Json @{ method = 'POST'; path = '/tokens/'; status = 400; count = 0 }) -ContentType application/json
            $out = New-AstroApiToken asked WORKSPACE_MEMBER -Workspace 'Data Platform' -Debug -WarningVariable warned 3>$null 4>&1 5>&1
            "made $(@($out | Where-Object Name -EQ asked).Count), warned $($warned.Count)"
            "debug $(@($out | Where-Object { $_ -is [Management.Automation.DebugRecord] -and "$_" -match ' sent \[Authorization: \*\*\*' }).Count)"
            "verbose $(@($out | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and "$_" -match '^POST ' }).Count)"
            $quiet = Get-AstroOrganization -Debug -Verbose:$false 4>&1 5>$null
            "quiet $(@($quiet | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Count)"
            try { New-AstroApiToken stopped WORKSPACE_MEMBER -Workspace 'Data Platform' -Debug -WarningAction Stop 3>$null 4>$null 5>$null } catch { 'stopped as it was told' }
        }
        $result.StdErr | Should -BeNullOrEmpty
        $result.StdOut -split '\r?\n' | Where-Object { $_ } | Should -Be @('made 1, warned 1', 'debug 3', 'verbose 2', 'quiet 0', 'stopped as it was told')
    }
}

Describe 'Get-AstroDiagnostic in a process of its own' {
    It 'tells of proxy, CI service, vaults, saved sessions and the libraries of others, and opens none of them' {
        $packages = Split-Path (Split-Path (Split-Path (Get-Module Pester).ModuleBase))
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'home/.local/share/AstroAuth/sessions') -Force
        Set-Content (Join-Path $folder 'a.json') (ConvertTo-Json @{ Name = 'me'; Domain = 'astronomer.io'; User = 'person@example.com'; IsProtected = $false; LastUsedOn = '2026-01-02T03:04:05Z' })
        $child = Invoke-ChildPwsh -Environment @{
            HOME = Join-Path $TestDrive 'home'; XDG_DATA_HOME = $null; ASTRO_DOMAIN = 'astronomer.io'; GITHUB_ACTIONS = 'true'
            HTTPS_PROXY = 'http://proxy-user:proxy-hush-4417@proxy.example:3128'; NO_PROXY = $null
            OTHER = "$packages/microsoft.identity.client/4.61.3/lib/net6.0/Microsoft.Identity.Client.dll"; SUPPORT = "$PSScriptRoot/Support"
        } {
            Import-Module "$env:SUPPORT/TestVault.psm1"
            Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
            Register-SecretVault -Name Team -ModuleName AstroTestVault -DefaultVault
            Remove-Module Microsoft.PowerShell.SecretManagement
            $null = [Reflection.Assembly]::LoadFrom($env:OTHER)
            $before = Get-TestVaultCall Team
            $found = Get-AstroDiagnostic -SkipNetwork
            ConvertTo-Json @{ Found = $found; Calls = (Get-TestVaultCall Team) - $before; Text = ($found | Format-List * | Out-String -Width 4096) } -Depth 4
        }
        $child.StdErr | Should -BeNullOrEmpty
        $child.StdOut | Should -Not -Match 'proxy-hush|proxy-user|person@example'
        $result = ConvertFrom-Json $child.StdOut
        $found = $result.Found
        $found.Endpoints[0].ApiAddress | Should -Be 'https://api.astronomer.io/'
        $found.Endpoints[0].Proxy | Should -Be 'http://proxy.example:3128'
        $found.Variables | Should -Contain 'HTTPS_PROXY'
        $found.CiHost | Should -Be 'GitHub Actions'
        $found.SecretManagementVersion | Should -Match '^\d+\.\d+'
        "$($found.Vaults.Name) $($found.Vaults.Module) $($found.Vaults.IsDefault)" | Should -Be 'Team AstroTestVault True'
        $result.Calls | Should -Be 0
        "$($found.SavedSessions.Name) $($found.SavedSessions.Domain) $($found.SavedSessions.Cache)" | Should -Be 'me astronomer.io file'
        $other = @($found.Assemblies | Where-Object Name -EQ 'Microsoft.Identity.Client')
        "$($other.Version) $($other.Context) $($other.IsOwn)" | Should -Be '4.61.3.0 Default False'
        $found.ModulePath | Should -Not -Match ([regex]::Escape("$TestDrive"))
    }

    It 'tells that the engine cannot be loaded, and all the rest' {
        $copy = Join-Path $TestDrive 'broken/AstroAuth'
        Copy-Item $env:ASTROAUTH_STAGED $copy -Recurse
        Remove-Item (Join-Path $copy 'deps/core/AstroAuth.Engine.dll')
        $child = Invoke-ChildPwsh -Environment @{ COPY = "$copy/AstroAuth.psd1"; HOME = "$TestDrive" } {
            Import-Module $env:COPY
            Get-AstroDiagnostic -SkipNetwork | ConvertTo-Json -Depth 4
        }
        $child.StdErr | Should -BeNullOrEmpty
        $found = ConvertFrom-Json $child.StdOut
        $found.EngineProblem | Should -Match 'AstroAuth\.Engine'
        $found.EngineVersion | Should -BeNullOrEmpty
        $found.MsalVersion | Should -Not -BeNullOrEmpty
        $found.PowerShellVersion | Should -Be "$($PSVersionTable.PSVersion)"
        $found.ModulePath | Should -Be '~/broken/AstroAuth'
        $found.Assemblies.Name | Should -Contain 'AstroAuth'
    }
}
