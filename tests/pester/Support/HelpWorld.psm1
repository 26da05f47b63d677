#requires -Version 7.2
Set-StrictMode -Version Latest
'Emulator', 'Session', 'Login' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "$_.psm1") }
Import-Module (Join-Path $PSScriptRoot '../../../build/Support/Process.psm1')

# Set by Start-HelpWorld.
$astro = $null
$answers = @{}

# $setups, $effects, $exempt, $quiet and $terminals.
. (Join-Path $PSScriptRoot 'HelpScenes.ps1')

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
