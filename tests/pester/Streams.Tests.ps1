#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What -Verbose and -Debug tell of a call.

Describe '-Verbose and -Debug' {
    BeforeAll {
        'Session', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
        $astro = Start-Astro
        $line = '^(?<what>[A-Z]+ http\S+) (\d{3} in|failed after) \d+ ms \(try \d'
    }
    AfterAll { Stop-TestEmulator }
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
