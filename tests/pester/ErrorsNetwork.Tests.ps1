# What can go wrong on the way to Astro: refused, cut, slow, untrusted, stopped.

BeforeAll {
    'Session', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-Astro
    $value = $astro.tokens.organizationOwner.value
    $owner = ConvertTo-Secure $value

    # Runs a script in a runspace of its own, stops it once Ready says so, and gives the seconds that took.
    function Stop-Midway([string] $Script, [scriptblock] $Ready) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($c) Import-Module AstroAuth; ' + $Script).AddArgument((Get-AstroConnection -Default))
            $run = $shell.BeginInvoke()
            $deadline = [DateTime]::UtcNow.AddSeconds(20)
            while (-not (& $Ready)) {
                if ($run.IsCompleted -or [DateTime]::UtcNow -gt $deadline) { throw "It never came to the point. $($shell.Streams.Error)" }
            }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally { $shell.Dispose() }
    }
    function Test-Fired { @(Get-EmulatorFault | Where-Object fired -GT 0).Count -gt 0 }
}
AfterAll { Stop-TestEmulator }

Describe 'the way to Astro' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken $owner -SkipValidation
    }

    It 'is HostUnreachable where nobody listens' {
        $failure = Get-Failure { Connect-Astro -ApiToken $owner -Domain localhost:1 }
        $failure.Id | Should -Be 'HostUnreachable'
        $failure.Category | Should -Be 'ConnectionError'
        $failure.Target | Should -Be 'localhost:1'
        $failure.Message | Should -BeLike '*proxy settings*'
        $failure.Terminating | Should -BeTrue
    }

    It 'is ConnectionBroken when an answer never comes whole' {
        Add-EmulatorFault @{ method = 'POST'; cut = 'after' }
        $failure = Get-Failure { Invoke-AstroRequest users -Method Post -Body @{ a = 1 } }
        $failure.Id | Should -Be 'ConnectionBroken'
        $failure.Category | Should -Be 'ConnectionError'
        $failure.Exception.MayHaveTakenEffect | Should -BeTrue
    }

    It 'is RequestTimeout when no answer comes within -TimeoutSec' {
        Connect-Astro -ApiToken $owner -SkipValidation -TimeoutSec 1
        Add-EmulatorFault @{ path = '/organizations$'; delayMs = 20000 }
        $failure = Get-Failure { Invoke-AstroRequest organizations }
        $failure.Id | Should -Be 'RequestTimeout'
        $failure.Category | Should -Be 'OperationTimeout'
        $failure.Message | Should -BeLike '*within 1 s*-TimeoutSec*'
    }

    It 'is CertificateUntrusted for a certificate of an unknown authority, and sends nothing' {
        $failure = Get-Failure { Connect-Astro -ApiToken $owner -Domain $astro.httpsDomain }
        $failure.Id | Should -Be 'CertificateUntrusted'
        $failure.Category | Should -Be 'SecurityError'
        $failure.Message | Should -BeLike '*ASTRO_CA_FILE*'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'is trusted as soon as ASTRO_CA_FILE names the authority, as the error advises' {
        (Get-Failure { Connect-Astro -ApiToken $owner -Domain $astro.httpsDomain }).Id | Should -Be 'CertificateUntrusted'
        $env:ASTRO_CA_FILE = $astro.caFile
        (Connect-Astro -ApiToken $owner -Domain $astro.httpsDomain -PassThru).Domain | Should -Be $astro.httpsDomain
        Test-AstroConnection | Should -BeTrue
    }

    It 'is not trusted for another authority in ASTRO_CA_FILE' {
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
            'CN=Other', [Security.Cryptography.RSA]::Create(2048), [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $other = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        $env:ASTRO_CA_FILE = Join-Path $TestDrive 'other.pem'
        Set-Content $env:ASTRO_CA_FILE $other.ExportCertificatePem()
        (Get-Failure { Connect-Astro -ApiToken $owner -Domain $astro.httpsDomain }).Id | Should -Be 'CertificateUntrusted'
        Copy-Item $astro.caFile $env:ASTRO_CA_FILE
        (Get-Item $env:ASTRO_CA_FILE).LastWriteTimeUtc = [DateTime]::UtcNow.AddSeconds(5)
        (Connect-Astro -ApiToken $owner -Domain $astro.httpsDomain -PassThru).Domain | Should -Be $astro.httpsDomain -Because 'the file has been mended'
    }

    It 'is InvalidCaFile when ASTRO_CA_FILE <Case>' -ForEach @(
        @{ Case = 'is not there'; Text = $null }, @{ Case = 'holds no certificate'; Text = 'hello' }
    ) {
        $env:ASTRO_CA_FILE = Join-Path $TestDrive "$Case.pem"
        if ($Text) { Set-Content $env:ASTRO_CA_FILE $Text }
        $failure = Get-Failure { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.workspaceOwner.value) -Domain "127.0.0.1:$(([uri]$astro.Uri).Port)" }
        $failure.Id | Should -Be 'InvalidCaFile'
        $failure.Message | Should -BeLike "*$Case.pem*"
    }

    It 'has no switch that turns verification off' {
        (Get-Command -Module AstroAuth).Parameters.Keys | Where-Object { $_ -match 'Skip.*Cert|Insecure|NoVerify|Unencrypted' } | Should -BeNullOrEmpty
    }

    It 'goes through the proxy of the environment, which never sees the bearer' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $proxy = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
        $child = Start-ChildPwsh -Environment @{ HTTPS_PROXY = $proxy; NO_PROXY = $null; ASTRO_API_TOKEN = $value; ASTRO_DOMAIN = 'astronomer.io' } {
            Connect-Astro -SkipValidation -TimeoutSec 2
            (Test-AstroConnection -Detailed).Reachable
        }
        $seen = [Text.StringBuilder]::new()
        try {
            while (-not $child.Process.HasExited) {
                if (-not $listener.Pending()) { Start-Sleep -Milliseconds 20; continue }
                $client = $listener.AcceptTcpClient()
                $stream = $client.GetStream()
                $buffer = [byte[]]::new(8192)
                $null = $seen.Append([Text.Encoding]::ASCII.GetString($buffer, 0, $stream.Read($buffer, 0, $buffer.Length)))
                $stream.Write([Text.Encoding]::ASCII.GetBytes("HTTP/1.1 502 Bad Gateway`r`nContent-Length: 0`r`n`r`n"))
                $client.Dispose()
            }
        }
        finally { $listener.Stop() }
        (Wait-ChildPwsh $child).StdOut | Should -Be 'False'
        "$seen" | Should -Match '^CONNECT api\.astronomer\.io:443 HTTP/1\.1'
        "$seen" | Should -Not -Match 'Bearer|eyJ'
    }
}

Describe 'Ctrl+C' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken $owner -SkipValidation
    }

    It 'ends <Case> within a second' -ForEach @(
        @{ Case = 'a wait for an answer'; Script = 'Get-AstroApiToken -Connection $c'; Fault = @{ delayMs = 30000 } }
        @{ Case = 'a wait before the next try'; Script = 'Invoke-AstroRequest organizations -Connection $c'; Fault = @{ status = 503; retryAfter = '60' } }
        @{ Case = 'a creation'; Script = 'New-AstroApiToken stopped ORGANIZATION_MEMBER -Connection $c'; Fault = @{ method = 'POST'; delayMs = 30000 } }
        @{ Case = 'a list midway'; Script = 'Invoke-AstroRequest ''organizations/{organizationId}/tokens'' -All -Query @{ limit = 5 } -Connection $c'; Fault = @{ skip = 2; delayMs = 30000 } }
    ) {
        Add-EmulatorFault $Fault
        Stop-Midway $Script { Test-Fired } | Should -BeLessThan 1
        Clear-EmulatorFault
        Get-AstroApiToken 'stopped*' | Should -BeNullOrEmpty
    }

    It 'ends the wait for an exchange that others share within a second, and they still get their token' {
        Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -SkipValidation 3>$null
        Add-EmulatorFault @{ path = '/oauth/token'; delayMs = 1500 }
        Stop-Midway 'Get-AstroAccessToken -Connection $c' { Test-Fired } | Should -BeLessThan 1
        (Get-AstroAccessToken).Kind | Should -Be 'DeploymentKey'
        (Get-SentRequest -AtLeast 1 -Path '/oauth/token').Count | Should -Be 1
    }
}
