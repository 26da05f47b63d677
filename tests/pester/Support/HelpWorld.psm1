#requires -Version 7.2
Set-StrictMode -Version Latest
'Emulator', 'Session', 'Login' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "$_.psm1") }
Import-Module (Join-Path $PSScriptRoot '../../../build/Support/Process.psm1')

# Set by Start-HelpWorld.
$astro = $null
$answers = @{}
$certificates = @{}

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

<# .SYNOPSIS Starts the emulator and registers the vaults that the examples name. #>
function Start-HelpWorld([Parameter(Mandatory)] [string] $Folder) {
    $script:astro = Start-TestEmulator -Arguments '--device-code'
    $null = Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0; runQueuedSeconds = 0; runRunningSeconds = 0 }
    Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement -Global
    'Team', 'Rescue' | ForEach-Object { Microsoft.PowerShell.SecretManagement\Register-SecretVault $_ -ModuleName AstroTestVault -DefaultVault:($_ -eq 'Team') }
    $script:folder = $Folder
    $script:answers = @{
        'API token'                    = $astro.tokens.workspaceOwner.value
        'Access token'                 = $astro.users.owner.accessToken
        'Token'                        = $astro.tokens.workspaceAuthor.value
        'The value'                    = $astro.tokens.workspaceAuthor.value
        'A token the emulator printed' = $astro.tokens.organizationOwner.value
        'Password'                     = 'a password'
    }
}

<# .SYNOPSIS Ends what Start-HelpWorld started. #>
function Stop-HelpWorld {
    Get-SecretVault | Unregister-SecretVault
    Stop-TestEmulator
}

<# .SYNOPSIS Makes the world as the example of a page is to find it. #>
function Reset-HelpWorld([Parameter(Mandatory)] [string] $Page, [Parameter(Mandatory)] [int] $Number) {
    Remove-Item env:TF_BUILD, env:ASTRO_HOME -ErrorAction Ignore
    Reset-Session
    $null = Set-EmulatorClock -Reset
    $null = Invoke-RestMethod "$($astro.Uri)/_emulator/reset" -Method Post
    foreach ($secret in Get-SecretInfo -Vault Team) { Remove-Secret $secret.Name -Vault Team }
    $env:ASTRO_DOMAIN = $astro.domain
    Set-Location -LiteralPath (New-Item -ItemType Directory -Path (Join-Path $folder "$Page-$Number"))
    Set-Project
    Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
    $setup = $setups["$Page $Number"] ?? $setups[$Page]
    if ($setup) { $null = & $setup 3>$null }
    Clear-EmulatorRequest
}

<# .SYNOPSIS Runs an example as somebody would who says yes to every question; gives what it gives. #>
function Invoke-HelpExample([Parameter(Mandatory)] [string] $Page, [Parameter(Mandatory)] [int] $Number, [Parameter(Mandatory)] [string] $Code) {
    # The emulator has another port here, and nobody sits here to be asked.
    $domain = if ($terminals["$Page $Number"]) { $astro.httpsDomain } else { $astro.domain }
    $own = $Code -replace 'localhost:8888|(?<= )astronomer\.io', $domain -replace [regex]::Escape('./output/AstroAuth'), (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1') -replace 'https://api\.astronomer\.io', $astro.Uri -replace ' -Confirm\b(?!:)'
    if ($terminals["$Page $Number"]) { return Invoke-AtTerminal $own $terminals["$Page $Number"] $(if ($Page -eq 'Import-AstroConnection') { $astro.users.owner } else { $astro.users.outsider }) }
    $ErrorActionPreference = 'Stop'
    $ConfirmPreference = 'None'
    $ProgressPreference = 'SilentlyContinue'
    # Where it has no certificate it is spoken to without one.
    $PSDefaultParameterValues = @{ 'Invoke-RestMethod:AllowUnencryptedAuthentication' = $true }
    $script:asked = $false
    & ([scriptblock]::Create($own)) 3>$null
    $effect = $effects["$Page $Number"]
    if ($effect -and -not (& $effect)) { throw 'The example did not do what it says.' }
}

<# .SYNOPSIS What was sent since the example began that changes something. #>
function Get-HelpWorldChange { Get-SentRequest | Where-Object method -NE GET }

<# .SYNOPSIS Why an example cannot be run at all; without one, all of them. #>
function Get-HelpExemption([string] $Page, [int] $Number) { $Page ? $exempt["$Page $Number"] : $exempt }

<# .SYNOPSIS Whether an example needs a terminal. #>
function Test-NeedsTerminal([string] $Page, [int] $Number) { $terminals.ContainsKey("$Page $Number") }

<# .SYNOPSIS Whether an example that would give something elsewhere gives nothing here. #>
function Test-IsQuiet([string] $Page, [int] $Number) { $quiet.ContainsKey("$Page $Number") }

function Invoke-AtTerminal([string] $Code, [string] $Way, $User) {
    $terminal = Start-TerminalPwsh ([scriptblock]::Create("Import-Module AstroAuth`n`$ErrorActionPreference = 'Stop'`n$Code`n(Get-AstroConnection -Default).User")) -Environment @{
        ASTRO_DOMAIN = $astro.httpsDomain; ASTRO_CA_FILE = $astro.caFile; ASTRO_HOME = $env:ASTRO_HOME
    }
    if ($Way -eq 'Code') { Complete-DevicePage -Code (Receive-DeviceCode $terminal) -User $User }
    else {
        $address = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $User -NoCallback:($Way -eq 'Paste')
        if ($Way -eq 'Paste') {
            $terminal.Process.StandardInput.Write("$($address.AbsoluteUri)`r")
            $terminal.Process.StandardInput.Flush()
        }
    }
    $end = Wait-TerminalPwsh $terminal
    if ($end.errors -or ($end.output -split '\r?\n')[-1] -ne $User.email) { throw "Nobody signed in. $($end.errors) $($end.output)" }
}

# --- What the examples find

function Set-TeamSecret([string] $Name, [string] $Token) { Set-Secret -Name $Name -Vault Team -Secret (ConvertTo-Secure $astro.tokens.$Token.value) }
function Connect-Sample([string] $Name, [string] $Token) { Connect-Astro -Name $Name -NoDefault -ApiToken (ConvertTo-Secure $astro.tokens.$Token.value) }
function New-OldToken { 'ci-build', 'ci-test' | ForEach-Object { $null = New-EmulatorToken @{ name = $_; scope = 'WORKSPACE'; notBeforeSeconds = -40 * 86400; expiresInDays = 90 } } }
function New-Agent { $null = New-AstroAgentToken agents-eu -Deployment sales-etl -Vault Team -SecretName agents-eu }
function Connect-Key {
    Connect-Astro -Name key -NoDefault -DeploymentKey (New-KeyCredential $astro.legacyKey)
    Connect-Me
}
function Connect-Me { Connect-Astro -Name me -NoDefault -AccessToken (ConvertTo-Secure $astro.users.owner.accessToken) }
function Set-TokenList {
    'workspaceAuthor', 'workspaceMember' | ForEach-Object { [pscustomobject]@{ Id = $astro.tokens.$_.id; Vault = 'Team'; SecretName = $_ } } | Export-Csv ./tokens.csv
}
function Set-Project {
    $null = New-Item -ItemType Directory ./dags, ./shop
    Set-Content ./dags/daily_sales.py 'from airflow import DAG'
    Set-Content ./shop/dbt_project.yml 'name: shop'
}
function Set-CliConfig([string] $Domain) {
    $env:ASTRO_HOME = $PWD.ProviderPath
    $null = New-Item -ItemType Directory ./.astro
    $null = New-Item -ItemType Directory ~/backup -Force
    Set-Content ./.astro/config.yaml, ~/backup/config.yaml @"
context: $Domain
contexts:
    one:
        domain: $Domain
        organization: $($astro.organization.id)
        workspace: $($astro.workspaces[0].id)
        user_email: $($astro.users.owner.email)
        token: Bearer $($astro.users.owner.accessToken)
"@
}

# --- What stands in for the person, the desktop and other programs

function Read-Host([string] $Prompt, [switch] $AsSecureString, [switch] $MaskInput) {
    if (-not $answers[$Prompt]) { throw "Nobody has an answer to '$Prompt'." }
    if ($AsSecureString) { ConvertTo-Secure $answers[$Prompt] } else { $answers[$Prompt] }
}
function Get-Credential([string] $Message) { New-KeyCredential $astro.legacyKey }
function Invoke-Item { process { if (-not (Test-Path -LiteralPath $_)) { throw "There is no file $_." } } }
function Set-Clipboard { process { if (-not "$_") { throw 'There was nothing to keep.' } } }
function pwsh {
    $start = Get-PowerShellCommand
    & $start.Path @($start.Prefix) @args 2>&1 | Out-Null
}
# The vaults are there already; what a document says to do once is not done again.
function Install-PSResource { if ($args[0] -notcontains 'Microsoft.PowerShell.SecretManagement') { throw "What is $($args[0])?" } }
function Register-SecretVault([string] $Name) { if ($Name -ne 'Team') { throw "There is no vault $Name here." } }
function astro { $script:asked = Test-EmulatorToken $env:ASTRO_API_TOKEN }

Export-ModuleMember -Function Start-HelpWorld, Stop-HelpWorld, Reset-HelpWorld, Invoke-HelpExample, Get-HelpWorldChange, Get-HelpExemption, Test-IsQuiet, Test-NeedsTerminal
