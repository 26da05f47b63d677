Set-StrictMode -Version Latest
# The forms of a secret are the same for each of thousands of texts.
$forms = @{}

<#
.SYNOPSIS
    The forms in which a secret could be lying about: plain, as base64 and as UTF-16 in hex, which is how Export-Clixml
    writes a SecureString where there is no data protection.
.NOTES
    Pieces of it are looked for, so that a secret that was cut or wrapped is found too. Base64 is cut at each of the
    three places where a text can begin.
#>
function Get-CanaryForm([Parameter(Mandatory)] [string] $Secret) {
    $piece = if ($Secret.Length -gt 48) { $Secret.Substring($Secret.Length - 40, 32) } else { $Secret }
    $piece
    [Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes($piece))
    [Convert]::ToHexString([Text.Encoding]::UTF8.GetBytes($piece))
    foreach ($encoding in [Text.Encoding]::UTF8, [Text.Encoding]::Unicode) {
        $bytes = $encoding.GetBytes($piece)
        foreach ($shift in 0..2) {
            $text = [Convert]::ToBase64String($bytes, $shift, $bytes.Length - $shift - (($bytes.Length - $shift) % 3))
            $text
        }
    }
}

<#
.SYNOPSIS
    Which secrets a text holds in any form; names only.
#>
function Find-Canary {
    param(
        [Parameter(Mandatory)] [AllowEmptyString()] [AllowNull()] [string] $Text,
        # Value by name.
        [Parameter(Mandatory)] [hashtable] $Canary,
        [string] $Where = ''
    )

    foreach ($name in $Canary.Keys) {
        $secret = $Canary[$name]
        if (-not $forms.ContainsKey($secret)) { $forms[$secret] = @(Get-CanaryForm $secret) }
        foreach ($form in $forms[$secret]) {
            if ($Text.Contains($form, [StringComparison]::OrdinalIgnoreCase)) { "$name in $Where"; break }
        }
    }
}

<#
.SYNOPSIS
    Everything that can be read of an object: as text, list, JSON and CliXml, and the exceptions and targets of errors.
#>
function Get-EveryForm($InputObject) {
    "$InputObject"
    # A line of a stream is its text and the command it came from.
    if ($InputObject -is [Management.Automation.InformationalRecord]) {
        $InputObject.Message
        $InputObject.InvocationInfo | Out-String -Width 8192
        return
    }
    $InputObject | Out-String -Width 8192
    $InputObject | Format-List -Property * -Force | Out-String -Width 8192
    $InputObject | Format-Custom -Depth 4 | Out-String -Width 8192
    try { $InputObject | ConvertTo-Json -Depth 5 -WarningAction Ignore -ErrorAction Stop } catch { }
    try { [Management.Automation.PSSerializer]::Serialize($InputObject, 5) } catch { }
    if ($InputObject -is [Management.Automation.ErrorRecord]) {
        "$($InputObject.ScriptStackTrace) $($InputObject.ErrorDetails) $($InputObject.InvocationInfo.Line)"
        Get-EveryForm $InputObject.TargetObject
        for ($exception = $InputObject.Exception; $exception; $exception = $exception.InnerException) {
            $exception.ToString()
            $exception | Format-List -Property * -Force | Out-String -Width 8192
            foreach ($entry in $exception.Data.GetEnumerator()) { "$($entry.Key) $($entry.Value)" }
        }
    }
}

Export-ModuleMember -Function Get-CanaryForm, Find-Canary, Get-EveryForm
