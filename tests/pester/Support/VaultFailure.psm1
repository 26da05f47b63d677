Set-StrictMode -Version Latest

<#
.SYNOPSIS
    The errors that ended or accompanied a call of a vault, and whether they ended it.
#>
function Get-Failure([scriptblock] $Script) {
    $terminating = $false
    $output = $null
    try {
        $output = & $Script 2>&1
    }
    catch { $terminating = $true; $output = $_ }
    $records = @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    [pscustomobject]@{
        Ids         = @($records | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
        Records     = $records
        Terminating = $terminating
        Output      = @($output | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] })
    }
}

function ConvertTo-Secure([string] $Text) { [Net.NetworkCredential]::new('', $Text).SecurePassword }
function ConvertTo-Plain([securestring] $Value) { [Net.NetworkCredential]::new('', $Value).Password }

Export-ModuleMember -Function Get-Failure, ConvertTo-Secure, ConvertTo-Plain
