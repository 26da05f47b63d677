Set-StrictMode -Version Latest

# What a cmdlet refuses: the error is what is wanted.
function Get-Refusal([scriptblock] $Script) {
    try { $null = & $Script } catch { return $_ }
    throw "This was to be refused: $Script"
}

<#
.SYNOPSIS
    Objects of each public type as the cmdlets give them against the emulator, by the type's short name; nested ones too.
.NOTES
    It makes a token, a deploy and a rotation in the emulator, and needs a vault named ViewVault.
#>
function New-ViewObject {
    param(
        [Parameter(Mandatory)] $Emulator,
        # An empty folder, for a saved session and DAGs with long names.
        [Parameter(Mandatory)] [string] $Folder
    )

    $sessions = "$Folder/data/AstroAuth/sessions"
    $dags = "$Folder/dags/a-folder-with-a-long-name/and-one-more-below-it"
    $null = New-Item -ItemType Directory -Path $sessions, $dags -Force
    Set-Content "$sessions/a.json" (ConvertTo-Json @{ Name = 'a-session-of-mine'; Domain = 'astronomer.io'; User = 'somebody.with.a.long.name@example.com'; OrganizationId = 'clo0000000000000000000001'; LastUsedOn = '2026-01-02T03:04:05Z' })
    Set-Content "$dags/a_dag_with_a_long_name.py" 'x = 1'
    $owner = ConvertTo-SecureString $Emulator.tokens.organizationOwner.value -AsPlainText
    $key = [pscredential]::new($Emulator.legacyKey.id, (ConvertTo-SecureString $Emulator.legacyKey.secret -AsPlainText))

    Connect-Astro -ApiToken $owner -Name 'the-connection-of-production'
    Connect-Astro -DeploymentKey $key -Name key -NoDefault -WarningAction Ignore
    $global:Error.Clear()
    Invoke-AstroRequest nowhere -ErrorAction SilentlyContinue
    $diagnostic = Get-AstroDiagnostic
    $issued = New-AstroApiToken -Name 'a token with a name of some length' -Role WORKSPACE_MEMBER -Workspace 'Data Platform' -Vault ViewVault -SecretName view
    $option = Get-AstroDeploymentOption
    $cluster = Invoke-AstroRequest 'organizations/{organizationId}/clusters' -All | Where-Object name -EQ 'northwind-dedicated'
    $null = Invoke-AstroRequest 'organizations/{organizationId}/deployments' -Method Post -Body @{
        name = 'remote'; type = 'DEDICATED'; workspaceId = (Get-AstroDeployment -Name sales-etl).WorkspaceId; clusterId = $cluster.id; executor = 'ASTRO'
        workloadIdentity = 'arn:aws:iam::1:role/x'; drWorkloadIdentity = 'arn:aws:iam::2:role/x'
        remoteExecution = @{ enabled = $true; allowedIpAddressRanges = @('10.0.0.0/8'); taskLogBucket = 's3://logs'; taskLogUrlPattern = 'https://logs/{{ ti }}' }
    }
    $deployments = @(Get-AstroDeployment)
    $connection = Get-AstroConnection
    # The emulator has none of these.
    $identity = [AstroAuth.AstroWorkloadIdentityOption]::new()
    foreach ($pair in @{ Label = 'Reads the lake'; Role = 'arn:aws:iam::1:role/lake-reader' }.GetEnumerator()) {
        $null = [AstroAuth.AstroWorkloadIdentityOption].GetProperty($pair.Key).GetSetMethod($true).Invoke($identity, @($pair.Value))
    }
    $deploy = Publish-AstroDag "$Folder/dags" reporting -Description 'a description that is longer than what fits into a column' -PassThru
    $bundle = Publish-AstroDag "$Folder/dags" reporting -BundleType dbt -MountPath /usr/local/airflow/dbt/shop -PassThru
    $summary = Test-AstroApiToken -AsSummary
    $unpublished = Get-Refusal { Publish-AstroDag "$Folder/dags" 'a deployment that there is not' -ErrorAction Stop }
    @{
        AstroConnection               = Get-AstroConnection
        AstroPlace                    = $connection.Organization
        AstroApiToken                 = Get-AstroApiToken
        AstroTokenRole                = Get-AstroApiToken | ForEach-Object { $_.Roles }
        AstroSubject                  = Get-AstroApiToken | ForEach-Object CreatedBy
        AstroIssuedApiToken           = $issued
        AstroDeployment               = $deployments
        AstroWorkerQueue              = $deployments.WorkerQueues
        AstroEnvironmentVariable      = $deployments.EnvironmentVariables
        DeploymentHibernationSchedule = $deployments.HibernationSchedules
        AstroHibernationEvent         = $deployments.NextHibernationEvent | Where-Object { $_ }
        AstroRemoteExecution          = $deployments.RemoteExecution | Where-Object { $_ }
        AstroWebServer                = $deployments.WebServer
        AstroDeploymentSite           = $deployments.Site
        AstroOrganization             = Get-AstroOrganization
        AstroWorkspace                = Get-AstroWorkspace
        AstroDeploymentOption         = $option
        AstroRange                    = $option.MinWorkers
        AstroWorkloadIdentityOption   = $identity
        AstroRuntimeRelease           = $option.RuntimeReleases
        AstroMachine                  = @($option.SchedulerMachines) + @($option.WorkerMachines)
        AstroDag                      = Get-AstroDag -Deployment sales-etl
        AstroDagRun                   = Start-AstroDagRun customer_import -Deployment sales-etl -Conf @{ day = '2026-01-02' }
        AstroTokenInfo                = $owner | ConvertFrom-AstroToken
        AstroKeyConversion            = Convert-AstroDeploymentKey -Connection key -CreateAs 'the-connection-of-production' -Vault ViewVault -SecretName converted
        AstroTokenRotation            = $issued | Invoke-AstroApiTokenRotation -Confirm:$false
        AstroSavedSession             = Get-AstroConnection -ListAvailable
        AstroRole                     = Get-AstroRole
        AstroDeploy                   = @($deploy, $bundle) + @(Get-AstroDeploy -Deployment sales-etl)
        AstroDeployGit                = Get-AstroDeploy -Deployment sales-etl | ForEach-Object Git | Where-Object { $_ }
        AstroBundle                   = $bundle.Bundles
        AstroBundleFile               = Publish-AstroDag "$Folder/dags" sales-etl -DryRun
        AstroPublishFailure           = $unpublished.TargetObject
        AstroFieldError               = (Get-Refusal { Invoke-AstroRequest 'organizations/{organizationId}/tokens' -Method Post -Body @{ name = ''; scope = 'PLANET'; oops = 1 } -ErrorAction Stop }).Exception.FieldErrors
        AstroTokenFinding             = Test-AstroApiToken
        AstroTokenAuditSummary        = $summary
        AstroAuditRuleCount           = $summary.Rules
        AstroDiagnostic               = $diagnostic
        AstroDiagnosticAssembly       = $diagnostic.Assemblies
        AstroDiagnosticConnection     = $diagnostic.Connections
        AstroDiagnosticEndpoint       = $diagnostic.Endpoints
        AstroDiagnosticVault          = $diagnostic.Vaults
        AstroDiagnosticSavedSession   = $diagnostic.SavedSessions
        AstroDiagnosticError          = $diagnostic.Errors
        AstroConnectionTest           = Test-AstroConnection -Detailed
        AstroAccessToken              = Get-AstroAccessToken
    }
}

Export-ModuleMember -Function New-ViewObject
