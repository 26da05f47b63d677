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

        $steps = [ordered]@{
            'connect, token'      = { Connect-Astro -ApiToken $secure.owner -PassThru }
            'connect, expired'    = { Connect-Astro -ApiToken $secure.expired }
            'connect, wrong kind' = { Connect-Astro -ApiToken $secure.user }
            'connect, text'       = { Connect-Astro -ApiToken $secure.text }
            'connect, user'       = { Connect-Astro -AccessToken $secure.user -Name user -NoDefault -PassThru }
            'connect, user wrong' = { Connect-Astro -AccessToken $secure.owner }
            'connect, key'        = { Connect-Astro -DeploymentKey $key -Name key -NoDefault -PassThru }
            'connect, wrong key'  = { Connect-Astro -DeploymentKey $wrong -Name wrong }
            'connect, vault'      = { Connect-Astro -SecretName token -Vault V -Name vault -NoDefault -PassThru }
            'connect, vault key'  = { Connect-Astro -SecretName key -Name vaultkey -NoDefault -PassThru }
            'connect, vault bad'  = { Connect-Astro -SecretName table -Vault V -Name bad }
            'connect, vault text' = { Connect-Astro -SecretName text -Vault V -Name bad }
            'connect, locked'     = { Set-TestVaultMode V locked; Connect-Astro -SecretName token -Vault V }
            'connect, no read'    = { Set-TestVaultMode V readfail; Connect-Astro -SecretName token -Vault V }
            'connect, environment' = { Set-TestVaultMode V ''; $env:ASTRO_API_TOKEN = $canary.minted; Connect-Astro -EnvironmentVariable -Name environment -NoDefault -PassThru; Remove-Item env:ASTRO_API_TOKEN }
            'connect, 401'        = { Fault @{ status = 401 }; Connect-Astro -ApiToken $secure.minted -Name refused; NoFault }
            'connect, echo'       = { Fault @{ status = 500; body = 'upstream said no'; path = '/oauth/token'; count = 0 }; Connect-Astro -DeploymentKey $wrong -Name echo; NoFault }
            'connect, cut'        = { Fault @{ cut = 'after'; path = '/organizations$' }; Connect-Astro -ApiToken $secure.minted -Name cut -NoDefault; NoFault }
            'connect, TLS'        = { Connect-Astro -ApiToken $secure.minted -Name tls -Domain "https://$env:ASTRO_DOMAIN" -TimeoutSec 2 }
            'import'              = {
                foreach ($token in $canary.user, $canary.expired, $canary.text) {
                    Set-Content $given.cli "context: $env:ASTRO_DOMAIN`ncontexts:`n  one:`n    domain: $env:ASTRO_DOMAIN`n    token: Bearer $token"
                    Import-AstroConnection -Path $given.cli -IncludeToken -NoDefault -Force -PassThru
                }
                Set-Content $given.cli "contexts: {one: {token: 'Bearer $($canary.text)'"
                Import-AstroConnection -Path $given.cli -IncludeToken
            }
            'get connections'     = { Get-AstroConnection }
            'select'              = { Select-AstroConnection default -PassThru }
            'set'                 = { Set-AstroConnection -Workspace 'Data Platform' -PassThru }
            'test'                = { Get-AstroConnection | ForEach-Object { Test-AstroConnection -Connection $_ -Detailed } }
            'access token'        = { Get-AstroConnection | ForEach-Object { Get-AstroAccessToken -Connection $_ } }
            'access token, short' = { Get-AstroAccessToken -MinimumLifetime 4000.00:00 }
            'read token'          = { $secure.owner | ConvertFrom-AstroToken; $secure.text | ConvertFrom-AstroToken; $secure.expired | ConvertFrom-AstroToken }
            'request'             = { Invoke-AstroRequest organizations; Invoke-AstroRequest nowhere; Invoke-AstroRequest 'https://evil.example/x' }
            'request, new token'  = {
                $raw = Invoke-AstroRequest 'organizations/{organizationId}/tokens' -Method Post -Body @{ name = 'leak-raw'; role = 'ORGANIZATION_MEMBER'; scope = 'ORGANIZATION' }
                $created.Add([Net.NetworkCredential]::new('', $raw.token).Password)
                $raw
            }
            'request, 503'        = { Fault @{ status = 503 }; Invoke-AstroRequest organizations; NoFault }
            'tokens'              = { Get-AstroApiToken | Select-Object -First 5; Get-AstroApiToken -Id $given.dead; Get-AstroApiToken -Id cnothing }
            'audit'               = { Test-AstroApiToken -Rule CreatorLeft, LegacyKey | Select-Object -First 2; Test-AstroApiToken -AsSummary; Test-AstroApiToken -Rule NeverExpires -FailOn Error | Select-Object -Last 1 }
            'report'              = { 'html', 'json', 'csv' | ForEach-Object { Export-AstroTokenReport (Join-Path $given.temp "report.$_") } }
            'new token'           = { $token = New-AstroApiToken leak WORKSPACE_MEMBER; $created.Add([Net.NetworkCredential]::new('', $token.Token).Password); $token }
            'new token, vault'    = { $token = New-AstroApiToken leak-vault WORKSPACE_MEMBER -Vault V -SecretName new; $created.Add([Net.NetworkCredential]::new('', $token.Token).Password); $token }
            'new token, no write' = { Set-TestVaultMode V writefail; New-AstroApiToken leak-fail WORKSPACE_MEMBER -Vault V -SecretName token }
            'new token, differs'  = { Set-TestVaultMode V writediffers; New-AstroApiToken leak-differs WORKSPACE_MEMBER -Vault V -SecretName token }
            'new token, Write-Error' = { Set-TestVaultMode V writeerror; New-AstroApiToken leak-error WORKSPACE_MEMBER -Vault V -SecretName text }
            'new token, stranded' = {
                Set-TestVaultMode V writefail
                Fault @{ method = 'DELETE'; status = 403; count = 0 }
                $token = New-AstroApiToken leak-stranded WORKSPACE_MEMBER -Vault V -SecretName token
                $created.Add([Net.NetworkCredential]::new('', $token.Token).Password)
                $token
                NoFault
                Set-TestVaultMode V ''
            }
            'new token, lost'     = { Fault @{ method = 'POST'; path = '/tokens$'; cut = 'after' }; New-AstroApiToken leak-lost WORKSPACE_MEMBER | ForEach-Object { $created.Add([Net.NetworkCredential]::new('', $_.Token).Password); $_ }; NoFault }
            'new token, refused'  = { New-AstroApiToken leak-bad 'No Such Role' -Deployment sales-etl }
            'convert key'         = { Convert-AstroDeploymentKey -Connection key -CreateAs default -Vault V -SecretName converted; $created.Add((Get-Secret converted -Vault V -AsPlainText)); Convert-AstroDeploymentKey -Connection key -Vault V -SecretName unconverted }
            'agent token'         = {
                $token = New-AstroAgentToken leak-agent -Deployment sales-etl
                $created.Add([Net.NetworkCredential]::new('', $token.Token).Password)
                $token
                Get-AstroAgentToken -Deployment sales-etl
                $token | Remove-AstroAgentToken -Confirm:$false
            }
            'token life'          = {
                Set-AstroApiToken $given.dead -Description leak -PassThru
                Add-AstroApiTokenRole 'DAG Deployer' -Id $given.dead -Deployment sales-etl -PassThru
                Remove-AstroApiTokenRole -Id $given.dead -Deployment sales-etl -PassThru
                Remove-AstroApiToken cnothing -Confirm:$false
            }
            'roles'               = { New-AstroRole leak -LeastPrivilege DagDeploy; Get-AstroRole leak; Set-AstroRole leak -Description x -PassThru; Remove-AstroRole leak -Confirm:$false }
            'export'              = {
                Export-AstroAccessToken LEAK_TOKEN
                # What the CI service is told must hold the value; only the file it goes to is taken away here.
                $env:GITHUB_ACTIONS = 'true'
                $env:GITHUB_ENV = Join-Path $HOME 'nothing-here'
                Export-AstroAccessToken LEAK_TOKEN
                $env:GITHUB_ACTIONS = $env:GITHUB_ENV = $null
            }
            'deployments'         = {
                New-AstroDeployment leak -Workspace 'Data Platform' -CloudProvider Aws -Region us-east-1 -DevelopmentMode -Variable @{ A = $secure.text; B = 'x' }
                New-AstroDeployment leak -Workspace 'Data Platform' -Variable @{ A = $secure.text } -WhatIf
                Set-AstroDeployment leak -Variable @{ A = $secure.wrongKey; C = $secure.text } -PassThru
                Set-AstroDeployment leak -Variable @{ A = $secure.text } -WhatIf
                Set-AstroDeployment leak -Variable @{ 'no-name' = $secure.text }
                Fault @{ method = 'POST'; path = '/deployments/'; status = 400; body = 'refused' }
                Set-AstroDeployment leak -Variable @{ A = $secure.text }
                NoFault
                Suspend-AstroDeployment leak -PassThru
                Resume-AstroDeployment leak -PassThru
                Use-AstroEphemeralDeployment { $_ } -From leak -WhatIf
                Get-AstroDeployment leak | Remove-AstroDeployment -Confirm:$false
            }
            'airflow'             = {
                Get-AstroDag -Deployment sales-etl -Verbose -Debug
                Start-AstroDagRun customer_import -Deployment sales-etl -Conf @{ full = $true } -Verbose | Get-AstroDagRun
                Suspend-AstroDag customer_import -Deployment sales-etl -PassThru | Resume-AstroDag -PassThru
                Invoke-AstroAirflowRequest version -Deployment sales-etl -Debug
                Get-AstroDag none -Deployment sales-etl
                Get-AstroDag -Deployment sandbox
            }
            'places'              = { Get-AstroOrganization; Get-AstroWorkspace; $w = New-AstroWorkspace leak-place; Set-AstroWorkspace $w -NewName leak-other -PassThru; Remove-AstroWorkspace $w -Confirm:$false; Get-AstroDeploymentOption }
            'rotation'            = {
                $token = New-AstroApiToken leak-turn WORKSPACE_MEMBER -Vault V -SecretName turn
                $created.Add([Net.NetworkCredential]::new('', $token.Token).Password)
                $given.turned = $token | Invoke-AstroApiTokenRotation -Confirm:$false
                $given.turned
                $created.Add((Get-Secret turn -Vault V -AsPlainText))
                $given.turned | Invoke-AstroApiTokenRotation -Strategy InPlace -Confirm:$false
                $created.Add((Get-Secret turn -Vault V -AsPlainText))
                Get-AstroApiTokenRotation
            }
            'rotation, failures'  = {
                Set-TestVaultMode V writediffers
                $given.turned | Invoke-AstroApiTokenRotation -Confirm:$false
                Set-TestVaultMode V ''
                Set-Secret -Name turn -Secret $secure.text -Vault V
                Fault @{ method = 'DELETE'; status = 403; count = 0 }
                $given.turned | Invoke-AstroApiTokenRotation -Confirm:$false
                NoFault
                $given.turned | Invoke-AstroApiTokenRotation -Recover -Confirm:$false
            }
            'rotation, stranded'  = {
                $token = New-AstroApiToken leak-in-place WORKSPACE_MEMBER -Vault V -SecretName place
                $created.Add([Net.NetworkCredential]::new('', $token.Token).Password)
                # Once the vault has been proven to be writable, it fails for good.
                $first = Get-TestVaultCall V
                $plan = @{}
                8..60 | ForEach-Object { $plan[$first + $_] = 'fail' }
                [AppDomain]::CurrentDomain.SetData('AstroTestVault:V:Plan', $plan)
                $stranded = $null
                $token | Invoke-AstroApiTokenRotation -Strategy InPlace -Confirm:$false -OutVariable stranded
                [AppDomain]::CurrentDomain.SetData('AstroTestVault:V:Plan', $null)
                $created.Add([Net.NetworkCredential]::new('', $stranded[0].Token).Password)
            }
            'what if'             = { New-AstroApiToken leak-if WORKSPACE_MEMBER -WhatIf; Connect-Astro -ApiToken $secure.owner -WhatIf }
            'publish'             = { Publish-AstroDag $dags sales-etl -PassThru; Publish-AstroDag "$dags-nowhere" sales-etl }
            'publish, refused'    = { Fault @{ method = 'PUT'; status = 403 }; Publish-AstroDag $dags sales-etl; NoFault }
            'publish, cut'        = { Fault @{ method = 'PUT'; cut = 'during' }; Publish-AstroDag $dags sales-etl -DryRun; Publish-AstroDag $dags sales-etl; NoFault }
            'deploys'             = { Get-AstroDeploy sales-etl | Select-Object -First 1 | Set-AstroDeploy -Description 'leak' -PassThru; Get-AstroDeploy sales-etl | Select-Object -First 1 | Restore-AstroDeploy -Confirm:$false -PassThru }
            'diagnostic'          = {
                Connect-Astro -ApiToken $secure.expired
                Connect-Astro -DeploymentKey $wrong -Name wrong
                $env:ASTRO_API_TOKEN = $canary.minted
                Get-AstroDiagnostic
                Disconnect-Astro -All
                $env:ASTRO_DOMAIN, $domain = 'astronomer.io', $env:ASTRO_DOMAIN
                Get-AstroDiagnostic -SkipNetwork
                $env:ASTRO_DOMAIN, $env:ASTRO_API_TOKEN = $domain, $null
                Connect-Astro -AccessToken $secure.user -Name user
            }
            'disconnect'          = { Disconnect-Astro user; Disconnect-Astro nope; Disconnect-Astro -All }
        }

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
