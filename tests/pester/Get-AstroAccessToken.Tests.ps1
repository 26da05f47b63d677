BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $port = ([uri]$astro.Uri).Port
    $value = $astro.tokens.workspaceOwner.value
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroAccessToken' {
    BeforeEach { Reset-Session }

    Context 'of an API token' {
        BeforeEach { Connect-Astro -ApiToken (ConvertTo-Secure $value) -SkipValidation }

        It 'gives the token with what it is, and sends no request' {
            $token = Get-AstroAccessToken
            ConvertTo-Plain $token.Token | Should -BeExactly $value
            $token.Kind | Should -Be 'ApiToken'
            $token.Scope | Should -Be 'WORKSPACE'
            $token.Connection | Should -Be 'default'
            $token.ExpiresOn.Offset | Should -Be ([timespan]::Zero)
            [int]($token.ExpiresOn - [DateTimeOffset]::UtcNow).TotalDays | Should -Be 60
            Get-SentRequest | Should -BeNullOrEmpty
        }

        It 'works as Invoke-RestMethod -Authentication Bearer -Token' {
            $answer = Invoke-RestMethod -Uri "$($astro.Uri)/v1/organizations" -Authentication Bearer -Token (Get-AstroAccessToken).Token -AllowUnencryptedAuthentication
            $answer.organizations.id | Should -Be $astro.organization.id
        }

        It 'gives the bare value with -AsPlainText' {
            Get-AstroAccessToken -AsPlainText | Should -BeExactly $value
        }

        It 'gives each caller a value of its own' {
            $first = Get-AstroAccessToken
            $first.Token.Dispose()
            ConvertTo-Plain (Get-AstroAccessToken).Token | Should -BeExactly $value
        }

        It 'shows itself without the value' {
            $token = Get-AstroAccessToken
            "$token" | Should -BeLike 'AstroAccessToken (ApiToken, expires 20*Z, value hidden)'
            $shown = $token | Out-String -Width 200
            $shown | Should -Match '(?m)^Connection +Kind +Scope +Expires(On)? *$'
            $shown | Should -Match '(?m)^default +ApiToken +WORKSPACE '
            $token | Format-List | Out-String | Should -Not -Match '(?m)^Token +:'
        }

        It 'shows its end as other views do where it is typed at the prompt' {
            $shell = [powershell]::Create()
            try {
                # What a shell is told directly and remembers counts as typed; what a script calls does not.
                $typed = [Management.Automation.PSInvocationSettings]@{ AddToHistory = $true }
                $null = $shell.AddScript('Import-Module AstroAuth; Connect-Astro -ApiToken $args[0] -SkipValidation').AddArgument((ConvertTo-Secure $value)).Invoke($null, $typed)
                $shell.Commands.Clear()
                $null = $shell.AddCommand('Get-AstroAccessToken').AddCommand('Out-String').AddParameter('Width', 80)
                "$($shell.Invoke($null, $typed))" | Should -Match '(?m)^default +ApiToken +WORKSPACE +20\d\d-\d\d-\d\d \d\d:\d\dZ *$'
            } finally { $shell.Dispose() }
        }

        It 'refuses when the token cannot live as long as -MinimumLifetime' {
            $failure = Get-Failure { Get-AstroAccessToken -MinimumLifetime 90 }
            $failure.Id | Should -Be 'AccessTokenTooShort'
            $failure.Message | Should -BeLike "*ends in 59 days (20*Z)*90 days*"
            (Get-AstroAccessToken -MinimumLifetime '50.00:00').Connection | Should -Be 'default'
        }
    }

    It 'gives null as the end of a token that never expires' {
        $never = New-EmulatorToken @{ scope = 'WORKSPACE'; neverExpires = $true }
        Connect-Astro -ApiToken (ConvertTo-Secure $never.value) -SkipValidation
        $token = Get-AstroAccessToken -MinimumLifetime '3650.00:00'
        $token.ExpiresOn | Should -BeNullOrEmpty
        "$token" | Should -BeLike '*never expires*'
    }

    It "gives a user's access token as it is" {
        Connect-Astro -AccessToken (ConvertTo-Secure $astro.users.member.accessToken) -SkipValidation
        $token = Get-AstroAccessToken
        ConvertTo-Plain $token.Token | Should -BeExactly $astro.users.member.accessToken
        $token.Kind | Should -Be 'AccessToken'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    Context 'without a connection' {
        It 'uses ASTRO_API_TOKEN by itself and leaves no connection' {
            $env:ASTRO_API_TOKEN = $value
            (Get-AstroAccessToken).Connection | Should -Be 'environment'
            Get-AstroConnection | Should -BeNullOrEmpty
            Get-SentRequest | Should -BeNullOrEmpty
        }

        It 'follows the variable when it changes' {
            $env:ASTRO_API_TOKEN = $value
            $null = Get-AstroAccessToken
            $env:ASTRO_API_TOKEN = $astro.tokens.deploymentAdmin.value
            Get-AstroAccessToken -AsPlainText | Should -BeExactly $astro.tokens.deploymentAdmin.value
        }

        It 'reports NoCredential when there is none, and ends' {
            $failure = Get-Failure { Get-AstroAccessToken }
            $failure.Id | Should -Be 'NoCredential'
            $failure.Terminating | Should -BeTrue
        }
    }

    It 'takes -Connection as an object and as a name' {
        Connect-Astro -ApiToken (ConvertTo-Secure $value) -SkipValidation -Name one
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.deploymentAdmin.value) -SkipValidation -Name two
        (Get-AstroAccessToken -Connection ONE).Connection | Should -Be 'one'
        (Get-AstroAccessToken -Connection (Get-AstroConnection one)).Connection | Should -Be 'one'
        (Get-AstroAccessToken).Connection | Should -Be 'two'
        (Get-Failure { Get-AstroAccessToken -Connection three }).Id | Should -Be 'ConnectionNotFound'
    }
}

# Connections with the same key and domain share an access token, so that each test has an address of its own.
Describe 'Get-AstroAccessToken of a legacy key' {
    BeforeEach { Reset-Session }
    AfterEach { $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 3600 } }

    It 'exchanges the key at first use and keeps the access token' {
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 600 }
        Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -SkipValidation 3>$null
        Get-SentRequest | Should -BeNullOrEmpty
        $first = Get-AstroAccessToken -AsPlainText
        Get-AstroAccessToken -AsPlainText | Should -BeExactly $first
        (Get-SentRequest -AtLeast 1 -Path '/oauth/token').Count | Should -Be 1
        $token = Get-AstroAccessToken
        $token.Kind | Should -Be 'DeploymentKey'
        $token.ExpiresOn | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddSeconds(500))
    }

    It 'renews it when fewer than five minutes remain' {
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 290 }
        Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -Domain "127.0.0.1:$port" -SkipValidation 3>$null
        $first = Get-AstroAccessToken -AsPlainText
        Get-AstroAccessToken -AsPlainText | Should -Not -BeExactly $first
        (Get-SentRequest -AtLeast 2 -Path '/oauth/token').Count | Should -Be 2
    }

    It 'renews it for -MinimumLifetime, and refuses what no renewal can give' {
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 900 }
        Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -Domain "[::1]:$port" -SkipValidation 3>$null
        $null = Get-AstroAccessToken
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 3600 }
        $null = Get-AstroAccessToken -MinimumLifetime '00:30'
        (Get-SentRequest -AtLeast 2 -Path '/oauth/token').Count | Should -Be 2
        (Get-Failure { Get-AstroAccessToken -MinimumLifetime '02:00' }).Id | Should -Be 'AccessTokenTooShort'
    }

    It 'exchanges it once for a hundred callers at the same time' {
        $env:ASTRO_CA_FILE = $astro.caFile
        Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) -Domain $astro.httpsDomain -SkipValidation -Name key 3>$null
        $key = Get-AstroConnection key
        Add-EmulatorFault @{ path = '/oauth/token'; delayMs = 500 }
        $seen = 1..100 | ForEach-Object -ThrottleLimit 20 -Parallel {
            Import-Module AstroAuth
            Get-AstroAccessToken -Connection $using:key -AsPlainText
        }
        $seen.Count | Should -Be 100
        @($seen | Sort-Object -Unique).Count | Should -Be 1
        (Get-SentRequest -AtLeast 1 -Path '/oauth/token').Count | Should -Be 1
    }
}
