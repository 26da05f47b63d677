# A legacy key gives way to a token in a vault, and what comes out tells how to change the pipeline without telling a secret.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/KeyConversion.ps1') }
AfterAll { Reset-TestVault; Stop-TestEmulator }

Describe 'Convert-AstroDeploymentKey' {
    BeforeEach { Reset-Conversion }

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
}
