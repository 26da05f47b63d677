# What HelpWorld.psm1 reads: what the examples of the help, and the blocks of documents, need and do that is not in their text.
# The keys of all tables are pages with the number of an example.

# The world that each example begins in is that of the emulator, with one connection of an Organization Owner. This is what
# the examples of a page find besides; a page that is not here needs nothing. A number keeps it to one example.
$setups = @{
    'Connect-Astro'                   = { Disconnect-Astro -All; Set-TeamSecret sales-etl-deploy deploymentDeployer; Set-TeamSecret prod-admin workspaceOwner; Set-TeamSecret test-admin organizationOwner }
    'Convert-AstroDeploymentKey'      = { Disconnect-Astro -All }
    'Convert-AstroDeploymentKey 2'    = { Connect-Key }
    'Convert-AstroDeploymentKey 3'    = { Connect-Me }
    'Convert-AstroDeploymentKey 4'    = { Connect-Key }
    'ConvertFrom-AstroToken'          = { Set-TeamSecret sales-etl-deploy deploymentDeployer }
    'Disconnect-Astro'                = { Connect-Sample test workspaceOwner; Connect-Sample staging workspaceMember }
    'Export-AstroAccessToken'         = { $env:TF_BUILD = 'True'; $env:ASTRO_API_TOKEN = $astro.tokens.workspaceOwner.value }
    'Get-AstroAgentToken'             = { New-Agent }
    'Get-AstroApiTokenRotation'       = {
        $null = New-AstroApiToken waiting -Role ORGANIZATION_MEMBER -Description "[astroauth:retire at=$([DateTimeOffset]::UtcNow.AddDays(1).ToString('yyyy-MM-ddTHH:mm:ssZ')) by=$($astro.tokens.workspaceOwner.id)]"
        $null = New-AstroApiToken left -Role ORGANIZATION_MEMBER -Description "[astroauth:successor of=$($astro.tokens.organizationMember.id) run=r host=elsewhere pid=1.2.3]"
        $null = Set-EmulatorClock -AdvanceSeconds 1000
    }
    'Get-AstroConnection'             = { Connect-Sample prod organizationOwner }
    'Get-AstroDag 2'                  = { Suspend-AstroDag monthly_close -Deployment sales-etl }
    'Import-AstroConnection'          = { Disconnect-Astro -All; Set-CliConfig $astro.domain; Set-TeamSecret deployer workspaceAuthor }
    'Import-AstroConnection 2'        = { Disconnect-Astro -All; Set-CliConfig $astro.httpsDomain }
    'Invoke-AstroApiTokenRotation'    = { 'ci-build', 'ci-test' | ForEach-Object { $null = New-EmulatorToken @{ name = $_; scope = 'WORKSPACE'; expiresInDays = 10 } } }
    'Invoke-AstroApiTokenRotation 2'  = { New-OldToken }
    'Invoke-AstroApiTokenRotation 5'  = { Set-TokenList }
    'Invoke-AstroApiTokenRotation 6'  = { $null = New-AstroApiToken left -Role ORGANIZATION_MEMBER -Description "[astroauth:successor of=$($astro.tokens.organizationMember.id) run=r host=elsewhere pid=1.2.3]"; $null = Set-EmulatorClock -AdvanceSeconds 1000 }
    'Invoke-AstroRequest'             = { Set-AstroConnection -Workspace 'Data Platform' }
    'New-AstroAgentToken 3'           = { New-Agent }
    'New-AstroApiToken 5'             = { @([pscustomobject]@{ Name = 'loader'; Role = 'WORKSPACE_AUTHOR'; Workspace = 'Analytics'; SecretName = 'loader' }, [pscustomobject]@{ Name = 'reader'; Role = 'WORKSPACE_MEMBER'; Workspace = 'Analytics'; SecretName = 'reader' }) | Export-Csv ./tokens.csv }
    'New-AstroApiToken 6'             = { $null = New-AstroApiToken nightly-deploy -Role DEPLOYMENT_ADMIN -Deployment sales-etl -Vault Team -SecretName nightly-deploy }
    'New-AstroWorkspace 3'            = { @([pscustomobject]@{ Name = 'Sales'; Description = 'The shop' }, [pscustomobject]@{ Name = 'Returns'; Description = 'What comes back' }) | Export-Csv ./workspaces.csv }
    'Publish-AstroDag 5'              = { $null = Add-EmulatorFault @{ method = 'POST'; path = '/deploys$'; status = 400 } }
    'Remove-AstroAgentToken'          = { New-Agent }
    'Remove-AstroApiToken 4'          = { Connect-Astro -ApiToken (New-AstroApiToken mine -Role ORGANIZATION_OWNER -ExpiresInDays 1).Token }
    'Remove-AstroDeployment'          = { $null = New-AstroDeployment pr-123 -Ephemeral -From sales-etl -ExpiresIn 1:00:00; $null = Set-EmulatorClock -AdvanceSeconds 7200 }
    'Remove-AstroRole 3'              = { $null = New-AstroRole 'test one' -LeastPrivilege DagDeploy }
    'Remove-AstroWorkspace'           = { 'Sandbox', 'test-1' | ForEach-Object { $null = New-AstroWorkspace $_ } }
    'Restore-AstroDeploy'             = { 'Release 2.4', 'Release 2.5' | ForEach-Object { Publish-AstroDag ./dags -Deployment sales-etl -Description $_ } }
    'Resume-AstroDag 3'               = { Set-Content ./dags/new_report.py 'from airflow import DAG'; Publish-AstroDag ./dags -Deployment sales-etl }
    'Select-AstroConnection'          = { Connect-Sample prod workspaceOwner }
    'Set-AstroConnection'             = { Connect-Sample prod workspaceOwner }
    'Suspend-AstroDeployment'         = { Resume-AstroDeployment sandbox }
    'Test-AstroApiToken 4'            = { $env:ASTRO_API_TOKEN = $astro.tokens.organizationOwner.value }
    'Test-AstroConnection'            = { Connect-Sample old workspaceMember; Remove-AstroApiToken $astro.tokens.workspaceMember.id -Confirm:$false }
}

# The same for documents, whose blocks are numbered from the top.
$setups += @{
    'README'       = { Set-TeamSecret sales-etl-deploy deploymentDeployer; Set-TeamSecret prod-admin workspaceOwner; Set-TeamSecret test-admin organizationOwner; New-OldToken }
    'operations'   = { Set-TeamSecret ops organizationOwner }
    'rotation'     = { Set-TeamSecret rotator organizationOwner; New-OldToken; $null = New-AstroApiToken nightly-deploy -Role DEPLOYMENT_ADMIN -Deployment sales-etl -Vault Team -SecretName nightly-deploy }
    'operations 4' = { 'Release 2.4', 'Release 2.5' | ForEach-Object { Publish-AstroDag ./dags -Deployment sales-etl -Description $_ } }
}

# What the examples that look at more than their output must have done.
$effects = @{
    'Get-AstroAccessToken 3' = { $script:asked -and -not $env:ASTRO_API_TOKEN }
    'Test-AstroApiToken 4'   = { $global:LASTEXITCODE -eq 1 }
}

# What cannot be run, and why.
$exempt = @{
    'Invoke-AstroAirflowRequest 4' = 'the emulator has no variables of Airflow'
}

# What gives nothing here, and why.
$quiet = @{
    'Get-AstroConnection 5'        = 'nobody has signed in before'
    'Invoke-AstroAirflowRequest 2' = 'Airflow answers with nothing'
}

# Who signs in needs a terminal and a login page; a person's part is played over HTTP.
$terminals = @{
    'Connect-Astro 8'          = 'Browser'
    'Connect-Astro 9'          = 'Paste'
    'Connect-Astro 10'         = 'Code'
    'Import-AstroConnection 2' = 'Browser'
}
