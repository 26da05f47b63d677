Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'Terminal.psm1')

# A browser without scripts: where it is, what it shows, and its connections.
function New-Browser {
    $handler = [Net.Http.HttpClientHandler]::new()
    $handler.AllowAutoRedirect = $false
    $handler.ServerCertificateCustomValidationCallback = [Net.Http.HttpClientHandler]::DangerousAcceptAnyServerCertificateValidator
    @{ Http = [Net.Http.HttpClient]::new($handler); At = $null; Answer = $null }
}

# Opens a page and follows where it leads, up to the callback's door.
function Open-Page([hashtable] $Browser, [uri] $Address) {
    $Browser.At = $Address
    $Browser.Answer = $Browser.Http.GetAsync($Address).GetAwaiter().GetResult()
    Step-Page $Browser
}

function Step-Page([hashtable] $Browser) {
    while ($Browser.Answer.Headers.Location) {
        $Browser.At = [uri]::new($Browser.At, $Browser.Answer.Headers.Location)
        if ($Browser.At.Port -eq 12345) { return }
        $Browser.Answer = $Browser.Http.GetAsync($Browser.At).GetAwaiter().GetResult()
    }
}

# Fills in the form of the page.
function Submit-Page([hashtable] $Browser, [hashtable] $Field, [string] $Action = 'continue') {
    $page = $Browser.Answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    $form = [Collections.Generic.Dictionary[string, string]]::new()
    foreach ($hidden in [regex]::Matches($page, '<input type="hidden" name="([^"]*)" value="([^"]*)">')) { $form[$hidden.Groups[1].Value] = $hidden.Groups[2].Value }
    foreach ($name in $Field.Keys) { $form[$name] = $Field[$name] }
    $form['action'] = $Action
    $Browser.At = [uri]::new($Browser.At, [regex]::Match($page, '<form method="post" action="([^"]*)">').Groups[1].Value)
    $Browser.Answer = $Browser.Http.PostAsync($Browser.At, [Net.Http.FormUrlEncodedContent]::new($form)).GetAwaiter().GetResult()
    Step-Page $Browser
}

<#
.SYNOPSIS
    What a person does at the login page, by plain HTTP; gives the address the browser is sent back to.
#>
function Complete-LoginPage {
    param(
        [Parameter(Mandatory)] [uri] $Link,
        [Parameter(Mandatory)] $User,
        # Do not open the last address: somebody is to paste it.
        [switch] $NoCallback
    )

    $browser = New-Browser
    try {
        Open-Page $browser $Link
        Submit-Page $browser @{ email = $User.email }
        Submit-Page $browser @{ password = $User.password }
        if ($browser.At.Port -ne 12345) { throw "The login page did not lead back: $($browser.Answer.StatusCode)" }
        if (-not $NoCallback) { $null = $browser.Http.GetAsync($browser.At).GetAwaiter().GetResult() }
        $browser.At
    }
    finally { $browser.Http.Dispose() }
}

<#
.SYNOPSIS
    What a person does with a code that another device shows.
#>
function Complete-DevicePage {
    param(
        # From Receive-DeviceCode.
        [Parameter(Mandatory)] $Code,
        [Parameter(Mandatory)] $User
    )

    $browser = New-Browser
    try {
        Open-Page $browser "$($Code.Page)?user_code=$($Code.Code)"
        Submit-Page $browser @{ email = $User.email }
        Submit-Page $browser @{ password = $User.password }
        Submit-Page $browser @{}
    }
    finally { $browser.Http.Dispose() }
}

Export-ModuleMember -Function Start-TerminalPwsh, Receive-LoginLink, Receive-DeviceCode, Wait-TerminalText, Wait-TerminalPwsh, Complete-LoginPage, Complete-DevicePage
