BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $data, $analytics = $astro.workspaces
    $formerHome = $env:ASTRO_HOME
    $env:ASTRO_HOME = Join-Path $TestDrive 'home'
    $file = Join-Path $env:ASTRO_HOME '.astro/config.yaml'
    $null = New-Item -ItemType Directory (Split-Path $file)

    # What the CLI would have written; values by field.
    function Set-CliContext([Collections.IDictionary] $Contexts, [string] $Current = $astro.domain) {
        $lines = @("context: $Current", 'contexts:')
        foreach ($key in $Contexts.Keys) {
            $lines += "    ${key}:"
            foreach ($field in $Contexts[$key].Keys) { $lines += "        ${field}: $($Contexts[$key][$field])" }
        }
        Set-Content -LiteralPath $file -Value $lines
    }

    function New-Context([string] $Token) {
        $context = [ordered]@{ domain = $astro.domain; organization = $astro.organization.id; workspace = $analytics.id; user_email = 'someone@example.com' }
        if ($Token) { $context.token = "Bearer $Token" }
        $context
    }
}
AfterAll {
    $env:ASTRO_HOME = $formerHome
    Stop-TestEmulator
}

Describe 'Import-AstroConnection' {
    BeforeEach {
        Reset-Session
        Set-CliContext @{ local_one = New-Context $astro.users.owner.accessToken }
    }

    It 'makes a connection of a context, silently and without a request' {
        Import-AstroConnection 2>&1 3>&1 | Should -BeNullOrEmpty
        $connection = Get-AstroConnection
        $connection.Name | Should -Be $astro.domain
        $connection.Domain | Should -Be $astro.domain
        $connection.Kind | Should -Be 'None'
        $connection.Source | Should -Be 'AstroCli'
        $connection.SourceDetail | Should -Be "$file, context local_one"
        $connection.Organization.Id | Should -Be $astro.organization.id
        $connection.Workspace.Id | Should -Be $analytics.id
        $connection.User | Should -Be 'someone@example.com'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'makes one that says what it waits for when it is used' {
        Import-AstroConnection
        $failure = Get-Failure { Get-AstroApiToken -Connection $astro.domain }
        $failure.Id | Should -Be 'CredentialAwaited'
        $failure.Message | Should -BeLike "*Connect-Astro -Name '$($astro.domain)'*"
        (Test-AstroConnection $astro.domain -Detailed).ErrorId | Should -Be 'CredentialAwaited'
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'hands domain and places to the Connect-Astro of its name' {
        Import-AstroConnection
        $connected = Connect-Astro -Name $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -PassThru
        $connected.Domain | Should -Be $astro.domain
        $connected.Workspace.Id | Should -Be $analytics.id
        $connected.Kind | Should -Be 'ApiToken'
        (Get-AstroConnection).Kind | Should -Be 'ApiToken'
        (Get-AstroApiToken -Connection $connected | Select-Object -First 1) | Should -Not -BeNullOrEmpty
    }

    It 'leaves a token that names its own workspace right about it, and named places alone' {
        Import-AstroConnection
        $own = Connect-Astro -Name $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.workspaceOwner.value) -PassThru
        $own.Workspace.Id | Should -Be $data.id
        Import-AstroConnection -Force
        $named = Connect-Astro -Name $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -Workspace $data.id -PassThru
        $named.Workspace.Id | Should -Be $data.id
    }

    It 'gives nothing to a connection at another domain or of another name' {
        Import-AstroConnection
        $secure = ConvertTo-Secure $astro.tokens.organizationOwner.value
        (Connect-Astro -Name other -Domain $astro.domain -ApiToken $secure -PassThru -SkipValidation).Workspace | Should -BeNullOrEmpty
        (Connect-Astro -Name $astro.domain -Domain localhost:1 -ApiToken $secure -PassThru -SkipValidation).Workspace | Should -BeNullOrEmpty
    }

    It 'takes the token with -IncludeToken, and the current context becomes the default' {
        $connection = Import-AstroConnection -IncludeToken -PassThru
        $connection.Kind | Should -Be 'AccessToken'
        $connection.ExpiresOn | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        (Get-AstroConnection -Default).Name | Should -Be $astro.domain
        Get-SentRequest | Should -BeNullOrEmpty
        Test-AstroConnection | Should -BeTrue
        (Invoke-AstroRequest 'organizations/{organizationId}/workspaces/{workspaceId}').name | Should -Be $analytics.name
    }

    It 'takes an API token that an older CLI left there for what it is' {
        Set-CliContext @{ one = New-Context $astro.tokens.workspaceOwner.value }
        $connection = Import-AstroConnection -IncludeToken -PassThru
        $connection.Kind | Should -Be 'ApiToken'
        $connection.Workspace.Id | Should -Be $data.id
    }

    It 'never takes the place of a default, nor makes one that has no credential' {
        Import-AstroConnection
        Get-AstroConnection -Default | Should -BeNullOrEmpty
        Import-AstroConnection -IncludeToken -Force -NoDefault
        Get-AstroConnection -Default | Should -BeNullOrEmpty
        Connect-Astro -Name mine -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
        Import-AstroConnection -IncludeToken -Force
        (Get-AstroConnection -Default).Name | Should -Be 'mine'
    }

    It 'leaves a connection of that name as it is, unless -Force' {
        Connect-Astro -Name $astro.domain -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
        $failure = Get-Failure { Import-AstroConnection }
        $failure.Id | Should -Be 'ConnectionExists'
        $failure.Terminating | Should -BeFalse
        (Get-AstroConnection).Kind | Should -Be 'ApiToken'
        (Import-AstroConnection -IncludeToken -Force -PassThru).Kind | Should -Be 'AccessToken'
    }

    It 'says of each context what is wrong with its token, and imports the others' {
        $expired = (New-EmulatorToken @{ scope = 'WORKSPACE'; expiresInSeconds = -60 }).value
        Set-CliContext ([ordered]@{
            gone = @{ domain = 'astronomer-dev.io'; token = "Bearer $expired" }
            out  = @{ domain = 'astronomer-stage.io'; token = "'Bearer '" }
            odd  = @{ domain = 'astronomer-perf.io'; token = 'Bearer no-token-at-all' }
            good = New-Context $astro.users.owner.accessToken
        })
        $failure = Get-Failure { Import-AstroConnection -IncludeToken }
        $failure.Terminating | Should -BeFalse
        $failure.Records.ForEach({ ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be 'ApiTokenExpired', 'CliTokenMissing', 'TokenMalformed'
        $failure.Records[0].Exception.Message | Should -BeLike '*context gone expired*ago*'
        "$($failure.Records)" | Should -Not -Match 'no-token-at-all'
        (Get-AstroConnection).Name | Should -Be $astro.domain
    }

    It 'passes over the self-hosted product with a warning, and says so when it is asked for' {
        Set-CliContext ([ordered]@{ software = @{ domain = 'airflow.example.com' }; good = New-Context })
        Import-AstroConnection -WarningVariable warnings 3>$null
        "$warnings" | Should -BeLike '*airflow.example.com was passed over*'
        (Get-AstroConnection).Name | Should -Be $astro.domain
        (Get-Failure { Import-AstroConnection airflow.example.com }).Id | Should -Be 'InvalidDomain'
    }

    It 'chooses contexts by domain or key, with wildcards' {
        Set-CliContext ([ordered]@{ astronomer_io = @{ domain = 'astronomer.io' }; 'astronomer-dev_io' = @{ domain = 'astronomer-dev.io' } })
        Import-AstroConnection *-dev*
        Import-AstroConnection astronomer_io
        (Get-AstroConnection).Name | Should -Be 'astronomer-dev.io', 'astronomer.io'
        Import-AstroConnection nothing* 2>&1 | Should -BeNullOrEmpty
        $failure = Get-Failure { Import-AstroConnection nothing }
        $failure.Id | Should -Be 'CliContextNotFound'
        $failure.Message | Should -BeLike '*It has: astronomer.io, astronomer-dev.io*'
    }

    It 'reads the file of -Path, also from the pipeline' {
        $other = Join-Path $TestDrive 'other.yaml'
        Copy-Item $file $other
        (Get-Item $other | Import-AstroConnection -PassThru).SourceDetail | Should -BeLike "$other, *"
        Push-Location $TestDrive
        (Import-AstroConnection -Path other.yaml -Force -PassThru).SourceDetail | Should -BeLike "$other, *"
        Pop-Location
    }

    It 'is one clear error where there is no file, no context, or no YAML' {
        (Get-Failure { Import-AstroConnection -Path (Join-Path $TestDrive 'none.yaml') }).Id | Should -Be 'CliConfigNotFound'
        Set-Content $file 'context:'
        (Get-Failure { Import-AstroConnection }).Message | Should -BeLike '*It has none*'
        Set-Content $file 'contexts: {a: {token: "Bearer zz-canary-zz"'
        $failure = Get-Failure { Import-AstroConnection }
        $failure.Id | Should -Be 'CliConfigUnreadable'
        $failure.Category | Should -Be 'ReadError'
        $failure.Message | Should -Not -Match 'Bearer|zz-canary-zz'
    }

    It 'changes neither the session with -WhatIf nor the file ever' {
        $before = [IO.File]::ReadAllText($file)
        Import-AstroConnection -IncludeToken -WhatIf
        Get-AstroConnection | Should -BeNullOrEmpty
        Import-AstroConnection -IncludeToken
        [IO.File]::ReadAllText($file) | Should -Be $before
    }

    It 'is listed so that one sees that a credential is missing' {
        Import-AstroConnection
        $table = Get-AstroConnection | Format-Table | Out-String -Width 80
        $table | Should -Match 'None\s+AstroCli'
        $table | Should -Not -Match 'never|renews'
    }
}
