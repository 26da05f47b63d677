# What Leak.Tests.ps1 does with marked secrets: every cmdlet, every sort of failure, in the scope of its child process.

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
