# A legacy key gives way to a token in a vault, and what comes out tells how to change the pipeline without telling a secret.

BeforeAll {
    'Session', 'TestVault', 'Canary', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    Import-Module Microsoft.PowerShell.SecretManagement
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    $sales = $astro.deployments[0]
    $keyName = @{ Connection = 'key'; CreateAs = 'owner' }
    $kept = @{ Vault = 'V'; SecretName = 'sales' }
    function Connect-Key($Credential = (New-KeyCredential $astro.legacyKey)) { Connect-Astro -DeploymentKey $Credential -Name key -NoDefault -SkipValidation 3>$null }
    function Get-Made { Get-AstroApiToken sales-etl-deploy -Connection owner | Where-Object Description -Match 'Deployment API key|astroauth:' }
    function Get-Creation { Get-SentRequest -Path '/tokens$' | Where-Object method -EQ POST }
}
AfterAll {
    Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
    Stop-TestEmulator
}

Describe 'Convert-AstroDeploymentKey' {
    BeforeEach {
        Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
        Register-SecretVault -Name V -ModuleName AstroTestVault
        Set-TestVaultMode V ''
        Reset-Session
        Connect-Astro -ApiToken $owner -Name owner -NoDefault -SkipValidation
        Connect-Key
        Get-Made | Remove-AstroApiToken -Connection owner -Confirm:$false
        Clear-EmulatorRequest
    }

    It 'keeps a token for the deployment of the key in the vault, with an end, proven' {
        $done = Convert-AstroDeploymentKey @keyName @kept
        $done.PSTypeNames[0] | Should -Be 'AstroAuth.AstroKeyConversion'
        $done.DeploymentId | Should -Be $astro.legacyKey.deploymentId
        $done.DeploymentName | Should -Be $sales.name
        $done.KeyId | Should -Be $astro.legacyKey.id
        $done.KeySource | Should -Be '-DeploymentKey'
        $done.CreatedAs | Should -Be 'owner'
        $done.Vault, $done.SecretName | Should -Be 'V', 'sales'
        $done.RemoveVariables | Should -Be 'ASTRONOMER_KEY_ID', 'ASTRONOMER_KEY_SECRET'
        $done.SetVariable | Should -Be 'ASTRO_API_TOKEN'

        Test-EmulatorToken (Get-Secret -Name sales -Vault V -AsPlainText) | Should -BeTrue
        (Get-SecretInfo -Name sales -Vault V).Metadata['AstroTokenId'] | Should -Be $done.TokenId
        $token = Get-AstroApiToken -Connection owner -Id $done.TokenId
        $token.Name | Should -Be "$($sales.name)-deploy"
        $token.Scope | Should -Be 'DEPLOYMENT'
        $token.Roles.EntityId | Should -Be $sales.id
        $token.ExpiryPeriodInDays | Should -Be 90
        $token.Description | Should -Match $astro.legacyKey.id
        $token.LastUsedOn | Should -Not -BeNullOrEmpty
    }

    It 'takes the least role that can deploy: the custom one for it, or DEPLOYMENT_ADMIN with a warning' {
        (Convert-AstroDeploymentKey @keyName @kept -WarningVariable warnings).Role | Should -Be 'DAG Deployer'
        $warnings | Should -BeNullOrEmpty

        # Another that may more, and one that is first by name and may only elsewhere.
        $null = New-AstroRole 'A More' -LeastPrivilege DagDeploy -Permission deployment.logs.get -Connection owner
        $null = New-AstroRole 'A Elsewhere' -LeastPrivilege DagDeploy -Workspace Analytics -Connection owner
        (Convert-AstroDeploymentKey @keyName @kept -Force).Role | Should -Be 'DAG Deployer'

        Add-EmulatorFault @{ method = 'GET'; path = '/roles$'; status = 200; body = '{"roles":[],"defaultRoles":[],"limit":1000,"offset":0,"totalCount":0}' }
        $done = Convert-AstroDeploymentKey @keyName @kept -Force -WarningVariable warnings 3>$null
        $done.Role | Should -Be 'DEPLOYMENT_ADMIN'
        (Get-AstroApiToken -Connection owner -Id $done.TokenId).Roles.Role | Should -Be 'DEPLOYMENT_ADMIN'
        "$warnings" | Should -Match 'New-AstroRole -LeastPrivilege DagDeploy'
    }

    It 'takes name, role and life as they are given' {
        $done = Convert-AstroDeploymentKey @keyName @kept -Name other -Role DEPLOYMENT_ADMIN -ExpiresInDays 7 -Deployment $sales.name
        $done.TokenName, $done.Role | Should -Be 'other', 'DEPLOYMENT_ADMIN'
        (Get-AstroApiToken -Connection owner -Id $done.TokenId).ExpiryPeriodInDays | Should -Be 7
        Get-SentRequest -Path '/roles' | Should -BeNullOrEmpty
        (Get-Failure { Convert-AstroDeploymentKey @keyName @kept -Role WORKSPACE_OWNER }).Id | Should -Be 'RoleScopeMismatch'
    }

    It 'gives lines that PowerShell can read and that name the vault, whatever it is called' {
        Register-SecretVault -Name "Team's" -ModuleName AstroTestVault
        $done = Convert-AstroDeploymentKey @keyName -Vault "Team's" -SecretName sales
        foreach ($lines in $done.AzurePipelines, $done.GitHubActions) {
            $lines | Should -Match "astro deploy $($sales.id)"
            $lines | Should -Not -Match 'KEY'
            $script = ($lines -split "`n" | Where-Object { $_ -match '^    (Import|Connect|Export)-' }) -join "`n"
            $errors = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($script, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty
            $calls = @($tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true))
            $calls | ForEach-Object { $_.GetCommandName() } | Should -Be 'Import-Module', 'Connect-Astro', 'Export-AstroAccessToken'
            $calls[1].CommandElements[2].Value | Should -Be "Team's"
        }
        $done.AzurePipelines | Should -Match 'ASTRO_API_TOKEN: \$\(ASTRO_API_TOKEN\)'
    }

    It 'hands the token on by these lines, in <Service>' -ForEach @(
        @{ Service = 'Azure Pipelines'; Property = 'AzurePipelines'; Variable = 'TF_BUILD' }
        @{ Service = 'GitHub Actions'; Property = 'GitHubActions'; Variable = 'GITHUB_ACTIONS' }
    ) {
        $done = Convert-AstroDeploymentKey @keyName @kept
        $script = ($done.$Property -split "`n" | Where-Object { $_ -match '^    (Import|Connect|Export)-' }) -join "`n"
        $env:GITHUB_ENV = New-Item (Join-Path $TestDrive "$Property.env")
        Set-Item "env:$Variable" 'True'
        try { $said = . ([scriptblock]::Create($script)) 6>&1 | Out-String }
        finally { Remove-Item "env:$Variable", env:GITHUB_ENV }
        (Get-AstroConnection default).TokenId | Should -Be $done.TokenId
        if ($Service -eq 'GitHub Actions') { Get-Content (Join-Path $TestDrive "$Property.env") | Should -Be "ASTRO_API_TOKEN=$(Get-Secret -Name sales -Vault V -AsPlainText)" }
    }

    It 'tells no secret, in any form' {
        $done = Convert-AstroDeploymentKey @keyName @kept
        $secrets = @{ token = Get-Secret -Name sales -Vault V -AsPlainText; key = $astro.legacyKey.secret; owner = $astro.tokens.organizationOwner.value }
        Find-Canary -Text ((Get-EveryForm $done) -join "`n") -Canary $secrets -Where 'the result' | Should -BeNullOrEmpty
    }

    It 'is readable at 80 columns' {
        $shown = Convert-AstroDeploymentKey @keyName @kept | Out-String -Width 80
        $shown | Should -Match "Remove +: ASTRONOMER_KEY_ID, ASTRONOMER_KEY_SECRET"
        $shown | Should -Match "Set +: ASTRO_API_TOKEN, from secret 'sales' of vault 'V'"
        $shown | Should -Match 'astro deploy'
        $shown -split "`n" | Where-Object { $_.TrimEnd().Length -gt 80 } | Should -BeNullOrEmpty
    }

    It 'makes nothing with -WhatIf, and says the plan' {
        Start-Transcript -Path (Join-Path $TestDrive 'plan.txt') | Out-Null
        try { Convert-AstroDeploymentKey @keyName @kept -WhatIf | Should -BeNullOrEmpty }
        finally { Stop-Transcript | Out-Null }
        $plan = (Get-Content (Join-Path $TestDrive 'plan.txt')) -join ' '
        $plan | Should -Match "'sales-etl-deploy' with role DAG Deployer on deployment 'sales-etl', expires in 90 days, kept in vault 'V' as 'sales', created as connection 'owner'"
        Get-SentRequest -Path '/v1/' | Where-Object method -NE GET | Should -BeNullOrEmpty
        Get-SecretInfo -Name sales -Vault V | Should -BeNullOrEmpty
    }

    It 'makes no second token when it is run again, unless -Force is given' {
        $first = Convert-AstroDeploymentKey @keyName @kept
        $value = Get-Secret -Name sales -Vault V -AsPlainText
        $failure = Get-Failure { Convert-AstroDeploymentKey @keyName @kept }
        $failure.Id, $failure.Category | Should -Be 'KeyTokenExists', 'ResourceExists'
        $failure.Message | Should -Match "'sales-etl-deploy' \($($first.TokenId)\) in place of the key already\..*-Force"
        (Get-Failure { Convert-AstroDeploymentKey @keyName @kept -WhatIf }).Id | Should -Be 'KeyTokenExists'
        Get-Secret -Name sales -Vault V -AsPlainText | Should -BeExactly $value
        @(Get-Creation).Count | Should -Be 1

        (Convert-AstroDeploymentKey @keyName @kept -Force).TokenId | Should -Not -Be $first.TokenId
        @(Get-Made).Count | Should -Be 2
        Test-EmulatorToken $value | Should -BeTrue -Because 'somebody may live by it'
    }

    It 'is finished by the next run when it was killed: <When>' -ForEach @(
        @{ When = 'before the vault had the value'; IsKept = $false }
        @{ When = 'after the vault had the value'; IsKept = $true }
    ) {
        # A child that is held at its answer, or at its proof, and killed there.
        $null = Add-EmulatorFault $(if ($IsKept) { @{ method = 'POST'; path = '/tokens/[^/]+$'; hold = 'before' } } else { @{ method = 'POST'; path = '/tokens$'; hold = 'after' } })
        $vault = Join-Path $TestDrive "killed $IsKept.xml"
        $child = Start-ChildPwsh -ArgumentList $vault, $astro.tokens.organizationOwner.value, $astro.legacyKey.id, $astro.legacyKey.secret -WorkingDirectory $TestDrive -Environment @{ HOME = "$TestDrive/home $IsKept" } {
            param($File, $Owner, $KeyId, $KeySecret)
            Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
            Register-SecretVault -Name V -ModuleName AstroTestVault -VaultParameters @{ Path = $File }
            function Hide($Text) { ConvertTo-SecureString $Text -AsPlainText -Force }
            Connect-Astro -ApiToken (Hide $Owner) -Name owner -NoDefault -SkipValidation
            Connect-Astro -DeploymentKey ([pscredential]::new($KeyId, (Hide $KeySecret))) -Name key -NoDefault -SkipValidation
            Convert-AstroDeploymentKey -Connection key -CreateAs owner -Vault V -SecretName sales
        }
        while (-not $child.Process.HasExited -and -not @(Get-EmulatorFault)[0].held) { Start-Sleep -Milliseconds 20 }
        $child.Process.HasExited | Should -BeFalse
        $child.Process.Kill()
        $null = Wait-ChildPwsh $child
        Clear-EmulatorFault
        $left = Get-Made

        # Whoever may still be at it is left alone.
        Register-SecretVault -Name Killed -ModuleName AstroTestVault -VaultParameters @{ Path = $vault }
        $failure = Get-Failure { Convert-AstroDeploymentKey @keyName -Vault Killed -SecretName sales }
        $failure.Id | Should -Be 'KeyTokenExists'
        $failure.Message | Should -Match 'a run has begun'
        $null = Set-EmulatorClock -AdvanceSeconds 960
        try {
            $done = Convert-AstroDeploymentKey @keyName -Vault Killed -SecretName sales
            ($done.TokenId -eq $left.Id) | Should -Be $IsKept
            $token = Get-Made
            $token.Id | Should -Be $done.TokenId
            $token.Description | Should -Be "Takes the place of the Deployment API key $($astro.legacyKey.id)"
            Test-EmulatorToken (Get-Secret -Name sales -Vault Killed -AsPlainText) | Should -BeTrue
        }
        finally { $null = Set-EmulatorClock -Reset }
    }

    It 'does not remove what somebody may live by' {
        $other = New-AstroApiToken sales-etl-deploy -Role 'DAG Deployer' -Deployment $sales.id -Description '[astroauth:creating 0123]' -Connection owner
        Connect-Astro -ApiToken $other.Token -Name other -NoDefault
        $null = Set-EmulatorClock -AdvanceSeconds 960
        try { $failure = Get-Failure { Convert-AstroDeploymentKey @keyName @kept } }
        finally { $null = Set-EmulatorClock -Reset }
        $failure.Id | Should -Be 'KeyTokenExists'
        $failure.Message | Should -Match "has been used although vault 'V' does not hold"
        Test-EmulatorToken (ConvertTo-Plain $other.Token) | Should -BeTrue
    }

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
