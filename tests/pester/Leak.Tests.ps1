# Every cmdlet with marked secrets, all streams at their loudest, under a transcript, with failures provoked: no secret is
# to be found anywhere afterwards. The work is done in a child process, so that its arguments and its files count too.

BeforeAll {
    'Emulator', 'Session', 'ChildProcess', 'Canary' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-TestEmulator
    $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'home')
    $temp = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'temp')

    $canary = @{
        owner    = $astro.tokens.organizationOwner.value
        expired  = $astro.tokens.expired.value
        minted   = (New-EmulatorToken @{ scope = 'WORKSPACE'; name = 'canary' }).value
        user     = $astro.users.owner.accessToken
        key      = $astro.legacyKey.secret
        wrongKey = 'wrong-key-canary-5f0c1a77'
        text     = 'no-token-canary-93b7d2e4'
        proxy    = 'proxy-canary-2b61e7f095'
    }
    $given = [ordered]@{ canary = $canary; keyId = $astro.legacyKey.id; dead = (New-EmulatorToken @{ scope = 'WORKSPACE'; expiresInSeconds = 7200 }).id; uri = $astro.Uri; support = "$PSScriptRoot/Support"; temp = "$temp"; cli = "$TestDrive/cli.yaml" }
    # By standard input would be better still; a variable is where these secrets live in real use.
    $child = Start-ChildPwsh -WorkingDirectory $temp -Environment @{
        HOME = "$folder"; TMPDIR = "$temp"; TEMP = "$temp"; TMP = "$temp"; HTTPS_PROXY = "http://me:$($canary.proxy)@127.0.0.1:9"; ASTRO_DOMAIN = $astro.domain; CANARY = ConvertTo-Json $given -Depth 4 -Compress
    } {
        $given = ConvertFrom-Json $env:CANARY -AsHashtable
        Remove-Item env:CANARY
        $canary = $given.canary
        Import-Module "$($given.support)/Canary.psm1", "$($given.support)/TestVault.psm1"
        Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
        function Secure($t) { [Net.NetworkCredential]::new('', $t).SecurePassword }
        function Fault($f) { $null = Invoke-RestMethod "$($given.uri)/_emulator/faults" -Method Post -Body (ConvertTo-Json $f) -ContentType application/json -Verbose:$false -Debug:$false }
        function NoFault { $null = Invoke-RestMethod "$($given.uri)/_emulator/faults" -Method Delete -Verbose:$false -Debug:$false }
        # The secrets are put where commands find them without being part of what was typed.
        $secure = @{}
        foreach ($name in $canary.Keys) { $secure[$name] = Secure $canary[$name] }
        $key = [pscredential]::new($given.keyId, $secure.key)
        $wrong = [pscredential]::new($given.keyId, $secure.wrongKey)
        Register-SecretVault -Name V -ModuleName AstroTestVault -DefaultVault
        Set-Secret -Name token -Secret $secure.minted -Vault V
        Set-Secret -Name key -Secret $key -Vault V
        Set-Secret -Name table -Secret @{ KeyId = $given.keyId; KeySecret = $secure.wrongKey } -Vault V
        Set-Secret -Name text -Secret $secure.text -Vault V
        $dags = New-Item -ItemType Directory -Path (Join-Path $given.temp 'dags')
        Set-Content (Join-Path $dags 'dag.py') 'x = 1'
        $created = [Collections.Generic.List[string]]::new()

        . (Join-Path $given.support 'LeakSteps.ps1')

        $null = Start-Transcript -Path (Join-Path $given.temp 'transcript.txt')
        $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = 'Continue'
        $texts = [ordered]@{}
        $ids = [Collections.Generic.List[string]]::new()
        foreach ($step in $steps.GetEnumerator()) {
            $Error.Clear()
            $out = @(try { & $step.Value *>&1 } catch { $_ })
            # Shown, so that the transcript has it.
            $out | Out-Host
            $index = 0
            foreach ($item in @($out) + @($Error)) {
                if ($item -is [Management.Automation.ErrorRecord]) { $ids.Add(($item.FullyQualifiedErrorId -split ',')[0]) }
                $texts["$($step.Key) #$(++$index) $($item.GetType().Name)"] = (Get-EveryForm $item) -join "`n"
            }
            if ($out.Count) { $texts["$($step.Key) clixml"] = & { Export-Clixml -InputObject $out -Path (Join-Path $given.temp 'all.xml') -Depth 5; Get-Content (Join-Path $given.temp 'all.xml') -Raw } }
        }
        $VerbosePreference = $DebugPreference = 'SilentlyContinue'
        $null = Stop-Transcript
        $texts['history'] = Get-History | Format-List * | Out-String
        $texts['arguments'] = if (Test-Path /proc/self/cmdline) { Get-Content "/proc/$PID/cmdline" -Raw } else { [Environment]::CommandLine }
        # Pipes and sockets of the runtime have nothing to read.
        Get-ChildItem $HOME, $given.temp -Recurse -File -Force | Where-Object { $_.Name -notlike 'astroauth-child-*' -and "$($_.UnixMode)" -notmatch '^[ps]' } | ForEach-Object { $texts["file $($_.FullName)"] = [IO.File]::ReadAllText($_.FullName) }

        $all = $canary.Clone()
        for ($i = 0; $i -lt $created.Count; $i++) { $all["created$i"] = $created[$i] }
        # The search must find what it looks for: the same objects with a secret planted in each place.
        $all['planted'] = 'planted-canary-71a2c9f0d3'
        $error.Clear()
        $planted = [Management.Automation.ErrorRecord]::new([InvalidOperationException]::new('x', [Exception]::new('planted-canary-71a2c9f0d3')), 'x', 0, $null)
        $places = [ordered]@{
            'inner exception' = (Get-EveryForm $planted) -join "`n"
            'target'          = (Get-EveryForm ([Management.Automation.ErrorRecord]::new([Exception]::new('x'), 'x', 0, @{ a = 'planted-canary-71a2c9f0d3' }))) -join "`n"
            'SecureString'    = (Get-EveryForm ([pscustomobject]@{ Token = Secure 'planted-canary-71a2c9f0d3' })) -join "`n"
            'base64'          = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('xyplanted-canary-71a2c9f0d3'))
            'credential'      = (Get-EveryForm ([pscredential]::new('u', (Secure 'planted-canary-71a2c9f0d3')))) -join "`n"
        }
        [pscustomobject]@{
            Found  = @(foreach ($place in $texts.Keys) { Find-Canary -Text $texts[$place] -Canary $all -Where $place })
            Signed = @(foreach ($place in $texts.Keys) { if ($texts[$place] -match '[?&]sig=[^&\s*]{8}') { $place } })
            Missed = @(foreach ($place in $places.Keys) { if (-not (Find-Canary -Text $places[$place] -Canary $all -Where $place)) { $place } })
            Ids    = @($ids | Sort-Object -Unique)
            Places = $texts.Count
            Made   = $created.Count
            Used   = @($steps.Values | ForEach-Object { [regex]::Matches("$_", '\b[A-Z]\w+-Astro\w*').Value } | Sort-Object -Unique)
        } | ConvertTo-Json -Depth 4 | Set-Content (Join-Path $given.temp 'report.json')
    }
    # The arguments of the child, seen from outside while it runs.
    $arguments = if (Test-Path "/proc/$($child.Process.Id)/cmdline") { Get-Content "/proc/$($child.Process.Id)/cmdline" -Raw } else { '' }
    $result = Wait-ChildPwsh $child -TimeoutSec 900
    $report = Get-Content (Join-Path $temp 'report.json') -Raw -ErrorAction Ignore | ConvertFrom-Json
}
AfterAll { Stop-TestEmulator }

Describe 'secrets' {
    It 'were used in every cmdlet, and every sort of failure was met' {
        $result.ExitCode | Should -Be 0 -Because $result.StdErr
        $report | Should -Not -BeNullOrEmpty
        $report.Used | Should -Be ((Import-PowerShellDataFile (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')).CmdletsToExport | Sort-Object)
        $report.Made | Should -Be 11
        foreach ($id in 'ApiTokenExpired', 'NotAnApiToken', 'NotAUserAccessToken', 'TokenMalformed', 'DeploymentKeyRejected', 'VaultLocked',
            'VaultFailed', 'Unauthorized', 'LoginFailed', 'NotFound', 'InvalidPath', 'NewTokenNotStored', 'NewTokenNotStoredNorRemoved', 'InvalidRequest', 'RotationRolledBack', 'RotationUnfinished', 'RotationValueNotStored') {
            $report.Ids | Should -Contain $id
        }
    }

    It 'are found by the search wherever one is planted' {
        $report.Missed | Should -BeNullOrEmpty
    }

    It 'are in no stream, error, output, JSON, CliXml, transcript, history, file or argument' {
        $report.Places | Should -BeGreaterThan 100
        $report.Found | Should -BeNullOrEmpty
    }

    It 'of an upload, the signature in its address, are nowhere either' {
        $report.Ids | Should -Contain 'UploadRefused'
        $report.Signed | Should -BeNullOrEmpty
    }

    It 'are in nothing that the child printed, and not in its arguments' {
        $result.StdOut.Length | Should -BeGreaterThan 1000
        Find-Canary -Text ($result.StdOut + $result.StdErr) -Canary $canary -Where 'what it printed' | Should -BeNullOrEmpty
        Find-Canary -Text $arguments -Canary $canary -Where arguments | Should -BeNullOrEmpty
    }
}
