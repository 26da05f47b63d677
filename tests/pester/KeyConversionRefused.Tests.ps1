# Keys that create tokens themselves or not at all, and conversions that are refused or fail: nothing is left behind.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/KeyConversion.ps1') }
AfterAll { Reset-TestVault; Stop-TestEmulator }

Describe 'Convert-AstroDeploymentKey' {
    BeforeEach { Reset-Conversion }

    It 'uses the key of the environment, and says what to do when that may not create tokens' {
        $env:ASTRONOMER_KEY_ID = $astro.legacyKey.id
        $env:ASTRONOMER_KEY_SECRET = $astro.legacyKey.secret
        $failure = Get-Failure { Convert-AstroDeploymentKey @kept }
        $failure.Id | Should -Be 'KeyMayNotCreateTokens'
        $failure.Category | Should -Be 'PermissionDenied'
        $failure.Message | Should -Match "'sales-etl'" -Because 'it names the deployment'
        $failure.Message | Should -Match '-CreateAs'
        Get-SecretInfo -Name sales -Vault V | Should -BeNullOrEmpty

        (Convert-AstroDeploymentKey @kept -CreateAs owner).KeySource | Should -Be 'ASTRONOMER_KEY_ID and ASTRONOMER_KEY_SECRET'
    }

    It 'lets a key create the token that may' {
        Add-EmulatorFault @{ method = 'POST'; path = '/tokens$'; status = 200; body = (@{
            id = 'ckeymade00000000000000000'; name = 'sales-etl-deploy'; scope = 'DEPLOYMENT'; kind = 'STANDARD'; token = $astro.tokens.deploymentAdmin.value
            shortToken = 'x'; description = ''; startAt = '2026-01-01T00:00:00Z'; createdAt = '2026-01-01T00:00:00Z'; updatedAt = '2026-01-01T00:00:00Z' } | ConvertTo-Json -Compress) }
        $done = Convert-AstroDeploymentKey -Connection key @kept 3>$null
        $done.CreatedAs | Should -Be 'key'
        $done.TokenId | Should -Be 'ckeymade00000000000000000'
    }

    It 'refuses a connection that is not by key, before a request' {
        $failure = Get-Failure { Convert-AstroDeploymentKey -Connection owner @kept }
        $failure.Id | Should -Be 'NotADeploymentKey'
        $failure.Message | Should -Match "'owner' is by ApiToken"
        Get-SentRequest -Path '/v1/' | Should -BeNullOrEmpty
    }

    It 'lists the deployments when the key sees several' {
        Add-EmulatorFault @{ method = 'GET'; path = '/deployments$'; status = 200; body = '{"deployments":[{"id":"cone","name":"one"},{"id":"ctwo","name":"two"}],"limit":1000,"offset":0,"totalCount":2}' }
        $failure = Get-Failure { Convert-AstroDeploymentKey @keyName @kept }
        $failure.Id | Should -Be 'KeyDeploymentUnclear'
        $failure.Message | Should -Match 'sees 2 deployments: one \(cone\), two \(ctwo\)\..*-Deployment'
        Get-Creation | Should -BeNullOrEmpty
    }

    It 'refuses a deployment that the key is not for: by <Case>' -ForEach @(
        @{ Case = 'name'; Deployment = { 'reporting' } }
        @{ Case = 'id'; Deployment = { ($astro.deployments | Where-Object name -EQ reporting).id } }
    ) {
        (Get-Failure { Convert-AstroDeploymentKey @keyName @kept -Deployment (& $Deployment) }).Id | Should -Be 'KeyNotForDeployment'
        Get-Creation | Should -BeNullOrEmpty
    }

    It 'converts a key that Astro no longer takes, when deployment and creator are named' {
        Connect-Key ([pscredential]::new('cdead', (ConvertTo-Secure 'dead-secret')))
        foreach ($missing in @{ CreateAs = 'owner' }, @{ Deployment = 'sales-etl' }) {
            $failure = Get-Failure { Convert-AstroDeploymentKey -Connection key @kept @missing }
            $failure.Id | Should -Be 'KeyNoLongerWorks'
            $failure.Message | Should -Match '-Deployment.*-CreateAs'
            $failure.Message | Should -Not -Match 'dead-secret'
        }
        $done = Convert-AstroDeploymentKey @keyName @kept -Deployment sales-etl
        $done.KeyId | Should -Be 'cdead'
        $done.DeploymentId | Should -Be $sales.id
        Test-EmulatorToken (Get-Secret -Name sales -Vault V -AsPlainText) | Should -BeTrue
    }

    It 'refuses a creator elsewhere: <Case>' -ForEach @(
        @{ Case = 'another domain'; Connect = { Connect-Astro -ApiToken $owner -Name far -NoDefault -SkipValidation -Domain "127.0.0.1:$(([uri]$astro.Uri).Port)" } }
        @{ Case = 'another organization'; Connect = { Connect-Astro -AccessToken (ConvertTo-Secure $astro.users.owner.accessToken) -Name far -NoDefault -SkipValidation -Organization cotherorganization0000000 } }
    ) {
        & $Connect
        (Get-Failure { Convert-AstroDeploymentKey -Connection key -CreateAs far @kept }).Id | Should -Be 'KeyCreatorElsewhere'
        Get-Creation | Should -BeNullOrEmpty
    }

    It 'leaves no token when the vault fails' {
        Set-TestVaultMode V writefail
        (Get-Failure { Convert-AstroDeploymentKey @keyName @kept -Name unkept }).Id | Should -Be 'NewTokenNotStored'
        Get-AstroApiToken 'unkept*' -Connection owner | Should -BeNullOrEmpty
    }

    It 'hands out the token that neither the vault nor Astro took back' {
        Set-TestVaultMode V writefail
        $null = Add-EmulatorFault @{ method = 'DELETE'; status = 403; count = 0 }
        $failure = Get-Failure { Convert-AstroDeploymentKey @keyName @kept -Name stranded }
        $failure.Id | Should -Be 'NewTokenNotStoredNorRemoved'
        $failure.Output.Count | Should -Be 1
        Test-EmulatorToken (ConvertTo-Plain $failure.Output[0].Token) | Should -BeTrue
    }

    It 'takes rows from the pipeline' {
        $done = [pscustomobject]@{ Deployment = 'sales-etl'; SecretName = 'row1' }, [pscustomobject]@{ Deployment = 'reporting'; SecretName = 'row2' } |
            Convert-AstroDeploymentKey @keyName -Vault V -ErrorAction SilentlyContinue -ErrorVariable failures
        $done.SecretName | Should -Be 'row1'
        $failures.Count | Should -Be 1
    }
}
