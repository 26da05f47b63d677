Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'Emulator.psm1')

# What the emulator said that Start-Astro started.
$astro = $null

<#
.SYNOPSIS
    Starts an emulator, loads the module that is tested and makes the emulator its domain; gives what the
    emulator says of itself. With -As it is connected by that sample token.
#>
function Start-Astro([string[]] $Arguments = @(), [string] $As) {
    $script:astro = Start-TestEmulator -Arguments $Arguments
    Import-Module AstroAuth -Global
    $env:ASTRO_DOMAIN = $script:astro.domain
    if ($As) { Connect-As $As }
    $script:astro
}

<#
.SYNOPSIS
    Connects with one of the emulator's sample tokens, without asking whether it works.
#>
function Connect-As([Parameter(Mandatory)] [string] $Token, [hashtable] $Options = @{}) {
    Connect-Astro -ApiToken (ConvertTo-Secure $script:astro.tokens.$Token.value) -SkipValidation @Options
}

function ConvertTo-Secure([string] $Text) { [Net.NetworkCredential]::new('', $Text).SecurePassword }

function ConvertTo-Plain([securestring] $Value) { [Net.NetworkCredential]::new('', $Value).Password }

<#
.SYNOPSIS
    A legacy Deployment API key as Connect-Astro takes it.
#>
function New-KeyCredential($Key) { [pscredential]::new($Key.Id, (ConvertTo-Secure $Key.Secret)) }

<#
.SYNOPSIS
    Runs a script that should fail and gives its first error, with the output that came all the same.
#>
function Get-Failure([Parameter(Mandatory)] [scriptblock] $Script) {
    $output = [Collections.Generic.List[object]]::new()
    $terminating = $false
    try { & $Script 2>&1 3>$null | ForEach-Object { $output.Add($_) } }
    catch {
        $terminating = $true
        $output.Add($_)
    }
    $records = @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    $first = if ($records) { $records[-1 * [int]$terminating] }
    [pscustomobject]@{
        Id          = if ($first) { ($first.FullyQualifiedErrorId -split ',')[0] }
        Message     = "$first"
        Category    = if ($first) { "$($first.CategoryInfo.Category)" }
        Target      = if ($first) { $first.TargetObject }
        Exception   = if ($first) { $first.Exception }
        Records     = $records
        Terminating = $terminating
        Output      = @($output | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] })
    }
}

<#
.SYNOPSIS
    The requests the emulator has had since the log was cleared, oldest first.
.NOTES
    The emulator notes a request once it is answered, which may be a moment after the answer has arrived.
#>
function Get-SentRequest([int] $AtLeast, [string] $Path = '', [double] $WaitSec = 5) {
    $deadline = [DateTime]::UtcNow.AddSeconds($WaitSec)
    while ($true) {
        $requests = @(Get-EmulatorRequest | Where-Object path -Match $Path)
        if ($requests.Count -ge $AtLeast -or [DateTime]::UtcNow -ge $deadline) { return $requests }
        Start-Sleep -Milliseconds 20
    }
}

<#
.SYNOPSIS
    Forgets connections and credentials, so that the next test begins with nothing, or as the owner of a sample token.
#>
function Reset-Session([string] $As) {
    Disconnect-Astro -All
    Remove-Item -Path env:ASTRO_API_TOKEN, env:ASTRONOMER_KEY_ID, env:ASTRONOMER_KEY_SECRET, env:ASTRO_CA_FILE -ErrorAction Ignore
    Clear-EmulatorFault
    Clear-EmulatorRequest
    if ($As) { Connect-As $As }
}

<#
.SYNOPSIS
    The requests since the log was cleared that were to change something.
#>
function Get-Change { @(Get-SentRequest | Where-Object method -NE GET) }

# Who imports this has the emulator's functions too.
Export-ModuleMember -Function (@(
        'Start-Astro', 'Connect-As', 'ConvertTo-Secure', 'ConvertTo-Plain', 'New-KeyCredential', 'Get-Failure', 'Get-SentRequest', 'Get-Change', 'Reset-Session'
    ) + (Get-Command -Module Emulator).Name)
