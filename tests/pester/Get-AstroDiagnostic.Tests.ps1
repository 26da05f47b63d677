# What Get-AstroDiagnostic gathers, and what it never does.

BeforeAll {
    'Session', 'ChildProcess', 'Canary' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-Astro
    $value = $astro.tokens.organizationOwner.value
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroDiagnostic' {
    BeforeEach {
        Reset-Session
        $null = Set-EmulatorClock -Reset
        Connect-Astro -ApiToken (ConvertTo-Secure $value)
        Clear-EmulatorRequest
    }

    It 'tells the versions of everything that has a part in it' {
        $found = Get-AstroDiagnostic -SkipNetwork
        $found | Should -BeOfType AstroAuth.AstroDiagnostic
        $found.ModuleVersion | Should -Be (Import-PowerShellDataFile (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')).ModuleVersion
        $found.EngineVersion | Should -BeLike "$($found.ModuleVersion)*"
        $found.MsalVersion | Should -Be ([Diagnostics.FileVersionInfo]::GetVersionInfo((Join-Path $env:ASTROAUTH_STAGED 'deps/core/Microsoft.Identity.Client.dll')).FileVersion)
        $found.PowerShellVersion | Should -Be "$($PSVersionTable.PSVersion)"
        $found.PowerShellEdition | Should -Be $PSVersionTable.PSEdition
        $found.HostName | Should -Be $Host.Name
        $found.Runtime | Should -Be ([Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)
        $found.OperatingSystem | Should -BeLike "$([Runtime.InteropServices.RuntimeInformation]::OSDescription) *"
        $found.EngineProblem | Should -BeNullOrEmpty
        [Math]::Abs(($found.CreatedOn - [DateTimeOffset]::UtcNow).TotalMinutes) | Should -BeLessThan 5
    }

    It 'tells where each assembly was loaded from' {
        $assemblies = (Get-AstroDiagnostic -SkipNetwork).Assemblies
        ($assemblies | Where-Object Name -EQ AstroAuth).Context | Should -Be 'Default'
        ($assemblies | Where-Object Name -EQ AstroAuth.Engine).Context | Should -Be 'AstroAuth'
        $assemblies.IsOwn | Should -Not -Contain $false
        @($assemblies.Name | Sort-Object -Unique).Count | Should -Be $assemblies.Count
    }

    It 'tells of each connection where it came from, and whose it is not' {
        Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -Name key -NoDefault -WarningAction Ignore
        Connect-Astro -AccessToken (ConvertTo-Secure $astro.users.owner.accessToken) -Name user -NoDefault
        $found = (Get-AstroDiagnostic -SkipNetwork).Connections
        $found.Name | Should -Be 'default', 'key', 'user'
        $found.Kind | Should -Be 'ApiToken', 'DeploymentKey', 'AccessToken'
        $found.IsDefault | Should -Be $true, $false, $false
        $found.Source | Sort-Object -Unique | Should -Be 'Parameter'
        $found[0].Organization | Should -Be $astro.organization.id
        $found[0].ExpiresOn | Should -Be (Get-AstroConnection default).ExpiresOn
        $json = ConvertTo-Json $found -Depth 5
        $json | Should -Not -Match ([regex]::Escape($astro.users.owner.email))
        foreach ($secret in $value, $astro.users.owner.accessToken, $astro.legacyKey.secret) { Find-Canary -Text $json -Canary @{ secret = $secret } | Should -BeNullOrEmpty }
    }

    It 'tells by how much the clock differs from Astro''s: <Shift> s' -ForEach @(@{ Shift = 7200 }, @{ Shift = -5400 }, @{ Shift = 0 }) {
        $null = Set-EmulatorClock -AdvanceSeconds $Shift
        $endpoint = (Get-AstroDiagnostic).Endpoints
        [Math]::Abs($endpoint.ClockSkewSec + $Shift) | Should -BeLessOrEqual 2
        $endpoint.IsReachable | Should -BeTrue
        $endpoint.StatusCode | Should -Be 200
    }

    It 'asks each domain in use once, without a credential, with or without a connection' {
        Connect-Astro -ApiToken (ConvertTo-Secure $value) -Name other -NoDefault
        Clear-EmulatorRequest
        (Get-AstroDiagnostic).Endpoints.Domain | Should -Be $astro.domain
        Disconnect-Astro -All
        (Get-AstroDiagnostic).Endpoints.Domain | Should -Be $astro.domain
        $sent = Get-SentRequest -AtLeast 2
        $sent.path | Should -Be '/private/v1alpha1/cli/auth-config', '/private/v1alpha1/cli/auth-config'
        @($sent.headers.authorization | Where-Object { $_ }) | Should -BeNullOrEmpty
    }

    It 'sends nothing with -SkipNetwork' {
        $endpoint = (Get-AstroDiagnostic -SkipNetwork).Endpoints
        $endpoint.ApiAddress | Should -Be "http://$($astro.domain)/"
        $endpoint.IsReachable | Should -BeNullOrEmpty
        $endpoint.ClockSkewSec | Should -BeNullOrEmpty
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'tells in the object what fails: <Case>' -ForEach @(
        @{ Case = 'nobody listens'; Domain = 'localhost:1'; Reached = $false; Id = 'HostUnreachable' }
        @{ Case = 'no domain of Astro'; Domain = 'astro.example'; Reached = $null; Id = 'InvalidDomain' }
        @{ Case = 'an error page'; Domain = ''; Reached = $true; Id = 'NotFound' }
    ) {
        Disconnect-Astro -All
        try {
            if ($Domain) { $env:ASTRO_DOMAIN = $Domain } else { Add-EmulatorFault @{ status = 404; path = 'auth-config' } }
            $failure = Get-Failure { Get-AstroDiagnostic -TimeoutSec 2 }
            $failure.Records | Should -BeNullOrEmpty
            $endpoint = $failure.Output.Endpoints
            $endpoint.IsReachable | Should -Be $Reached
            $endpoint.ErrorId | Should -Be $Id
            $endpoint.Message | Should -Not -BeNullOrEmpty
        } finally { $env:ASTRO_DOMAIN = $astro.domain }
    }

    It 'tells why a CA file cannot be used' {
        $env:ASTRO_CA_FILE = Join-Path $TestDrive 'none.pem'
        $found = Get-AstroDiagnostic -SkipNetwork
        $found.CaFile | Should -BeLike "*none.pem"
        $found.CaFileProblem | Should -BeLike '*none.pem*'
        $env:ASTRO_CA_FILE = $astro.caFile
        (Get-AstroDiagnostic -SkipNetwork).CaFileProblem | Should -BeNullOrEmpty
        $found.Variables | Should -Contain 'ASTRO_CA_FILE'
    }

    Context 'errors' {
        BeforeEach { $global:Error.Clear() }

        It 'are the module''s alone, the newest first, with id, time and the id that Astro gave' {
            $before = [DateTimeOffset]::UtcNow
            Invoke-AstroRequest nowhere -ErrorAction SilentlyContinue
            Get-Item (Join-Path $TestDrive 'nothing-there') -ErrorAction SilentlyContinue
            try { Get-AstroConnection nobody -ErrorAction Stop } catch { $null = $_ }
            $found = (Get-AstroDiagnostic -SkipNetwork).Errors
            $found.ErrorId | Should -Be 'ConnectionNotFound', 'NotFound'
            $found.Command | Should -Be 'Get-AstroConnection', 'Invoke-AstroRequest'
            $found[1].RequestId | Should -Match '^\S{8,}$'
            $found[1].Message | Should -BeLike '*/v1/nowhere*'
            foreach ($one in $found) { $one.OccurredOn | Should -BeGreaterOrEqual $before }
        }

        It 'of PowerShell about a parameter are named without what was typed' {
            try { Get-AstroApiToken -Bogus 'typed-by-mistake-5521' } catch { $null = $_ }
            try { Get-AstroDiagnostic 'typed-by-mistake-5521' } catch { $null = $_ }
            $found = Get-AstroDiagnostic -SkipNetwork
            $found.Errors.ErrorId | Should -Be 'PositionalParameterNotFound', 'NamedParameterNotFound'
            ConvertTo-Json $found -Depth 4 | Should -Not -Match 'typed-by-mistake'
        }

        It 'have no secret in them even where a server repeats one: <Case>' -ForEach @(
            @{ Case = 'a token'; Said = { "the token $value is not good" } }
            @{ Case = 'the start of one'; Said = { "the token $($value.Substring(0, 30)) is not good" } }
            @{ Case = 'a header'; Said = { 'Authorization: Bearer short-opaque-1' } }
            @{ Case = 'a long opaque text'; Said = { 'q7Xv0Lr2Yb9Kd4Nf6Hs8Jt1Mw3Pz5Qc7Vg9Bx2Td6Rk given' } }
            @{ Case = 'a signed address'; Said = { 'see https://store.example/x?se=2030&sig=abc%2Fdef' } }
            @{ Case = 'a proxy with its user'; Said = { 'by http://me:hush@proxy.example:3128' } }
            @{ Case = 'the key of the environment'; Said = { 'the secret is k-5512!' } }
        ) {
            $text = & $Said
            $env:ASTRONOMER_KEY_SECRET = 'k-5512!'
            Add-EmulatorFault @{ status = 400; path = '/v1/nowhere'; body = (ConvertTo-Json @{ message = $text }); headers = @{ 'Content-Type' = 'application/json' } }
            Invoke-AstroRequest nowhere -ErrorAction SilentlyContinue
            "$($global:Error[0])" | Should -BeLike "*$($text.Substring(0, 3))*" -Because 'the server did say it'
            $found = Get-AstroDiagnostic -SkipNetwork
            $found.Errors[0].ErrorId | Should -Be 'InvalidRequest'
            $found.Errors[0].Message | Should -Match '\*\*\*'
            $found.Errors[0].Message | Should -Match '/v1/nowhere'
            $forms = (Get-EveryForm $found) -join "`n"
            foreach ($secret in $value.Substring(0, 30), 'short-opaque-1', 'q7Xv0Lr2Yb9Kd4Nf6Hs8Jt1Mw3Pz5Qc7Vg9Bx2Td6Rk', 'abc%2Fdef', 'me:hush', 'k-5512!') { $forms | Should -Not -Match ([regex]::Escape($secret)) }
        }
    }

    It 'is clean JSON at the depth that ConvertTo-Json has by itself' {
        $warnings = $null
        $json = Get-AstroDiagnostic | ConvertTo-Json -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
        $read = ConvertFrom-Json $json
        $read.Connections[0].Kind | Should -Be 'ApiToken'
        $read.Endpoints[0].ClockSkewSec | Should -BeOfType long
    }

    It 'is shown as a list, and its parts as tables' {
        $text = Get-AstroDiagnostic | Out-String -Width 120
        $text | Should -Match '(?m)^Engine +: \d'
        $text | Should -Match '(?m)^Endpoints +: \S+: status 200 in \d+ ms, clock [+-]?\d+ s'
        (Get-AstroDiagnostic -SkipNetwork).Connections | Out-String -Width 80 | Should -Match '(?m)^Name +Kind +Source +Domain +Expires'
    }
}
