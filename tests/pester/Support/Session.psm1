Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'Emulator.psm1')

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
function Get-SentRequest([int] $AtLeast, [string] $Path = '') {
    $deadline = [DateTime]::UtcNow.AddSeconds(5)
    do { $requests = @(Get-EmulatorRequest | Where-Object path -Match $Path) }
    while ($requests.Count -lt $AtLeast -and [DateTime]::UtcNow -lt $deadline)
    $requests
}

<#
.SYNOPSIS
    Forgets connections and credentials, so that the next test begins with nothing.
#>
function Reset-Session {
    Disconnect-Astro -All
    Remove-Item -Path env:ASTRO_API_TOKEN, env:ASTRONOMER_KEY_ID, env:ASTRONOMER_KEY_SECRET, env:ASTRO_CA_FILE -ErrorAction Ignore
    Clear-EmulatorFault
    Clear-EmulatorRequest
}

Export-ModuleMember -Function ConvertTo-Secure, ConvertTo-Plain, New-KeyCredential, Get-Failure, Get-SentRequest, Reset-Session
