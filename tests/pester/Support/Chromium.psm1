Set-StrictMode -Version Latest

<#
.SYNOPSIS
    Starts Debian's chromium without a window, and speaks its DevTools protocol to one page.
#>
function Start-Chromium([Parameter(Mandatory)] [string] $Folder) {
    $start = [Diagnostics.ProcessStartInfo]::new((Get-Command chromium -CommandType Application | Select-Object -First 1).Source)
    foreach ($argument in '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--ignore-certificate-errors', '--remote-debugging-port=0', "--user-data-dir=$Folder", 'about:blank') { $start.ArgumentList.Add($argument) }
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    $null = $process.StandardOutput.BaseStream.CopyToAsync([IO.Stream]::Null)
    $null = $process.StandardError.BaseStream.CopyToAsync([IO.Stream]::Null)
    $chromium = [pscustomobject]@{ Process = $process; Socket = [Net.WebSockets.ClientWebSocket]::new(); Next = 0 }
    try {
        $file = Join-Path $Folder 'DevToolsActivePort'
        Wait-Until { (Test-Path -LiteralPath $file) -and @(Get-Content -LiteralPath $file).Count -ge 2 } 'chromium to start'
        $port = @(Get-Content -LiteralPath $file)[0]
        $page = Invoke-RestMethod "http://127.0.0.1:$port/json/list" -NoProxy | Write-Output | Where-Object type -EQ page | Select-Object -First 1
        $null = $chromium.Socket.ConnectAsync($page.webSocketDebuggerUrl, [Threading.CancellationToken]::None).GetAwaiter().GetResult()
    }
    catch { Stop-Chromium $chromium; throw }
    $chromium
}

function Stop-Chromium($Chromium) {
    $Chromium.Socket.Dispose()
    if (-not $Chromium.Process.HasExited) { $Chromium.Process.Kill($true); $null = $Chromium.Process.WaitForExit(10000) }
    $Chromium.Process.Dispose()
}

function Wait-Until([scriptblock] $Condition, [string] $What, [int] $TimeoutSec = 60) {
    for ($deadline = [DateTime]::UtcNow.AddSeconds($TimeoutSec); [DateTime]::UtcNow -lt $deadline; Start-Sleep -Milliseconds 100) {
        $result = & $Condition
        if ($result) { return }
    }
    throw "Waited in vain for $What."
}

# One command of the protocol and its result; events are passed over.
function Send-DevTools($Chromium, [string] $Method, [hashtable] $Parameters = @{}) {
    $id = ++$Chromium.Next
    $patience = [Threading.CancellationTokenSource]::new(30000)
    $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json @{ id = $id; method = $Method; params = $Parameters } -Depth 5 -Compress))
    $null = $Chromium.Socket.SendAsync([ArraySegment[byte]]::new($bytes), 'Text', $true, $patience.Token).GetAwaiter().GetResult()
    $buffer = [byte[]]::new(65536)
    while ($true) {
        $text = [Text.StringBuilder]::new()
        do {
            $part = $Chromium.Socket.ReceiveAsync([ArraySegment[byte]]::new($buffer), $patience.Token).GetAwaiter().GetResult()
            $null = $text.Append([Text.Encoding]::UTF8.GetString($buffer, 0, $part.Count))
        } until ($part.EndOfMessage)
        $message = ConvertFrom-Json $text.ToString() -AsHashtable
        if ($message['id'] -eq $id) { return $message['result'] }
    }
}

<#
.SYNOPSIS
    What a script in the page gives; nothing while the page is changing.
#>
function Invoke-PageScript($Chromium, [string] $Script) {
    $answer = Send-DevTools $Chromium 'Runtime.evaluate' @{ expression = $Script; returnByValue = $true }
    if ($answer) { $answer.result['value'] }
}

<#
.SYNOPSIS
    What a person does at the login page in a browser; gives the address and the text at the end, and the tab's history.
#>
function Complete-LoginInBrowser($Chromium, [uri] $Link, $User) {
    $null = Send-DevTools $Chromium 'Page.navigate' @{ url = $Link.AbsoluteUri }
    foreach ($field in @{ name = 'email'; value = $User.email }, @{ name = 'password'; value = $User.password }) {
        Wait-Until { Invoke-PageScript $Chromium "document.readyState === 'complete' && !!document.getElementById('$($field.name)')" } "the field '$($field.name)'"
        $null = Invoke-PageScript $Chromium "document.getElementById('$($field.name)').value = '$($field.value)'; document.querySelector('button[value=continue]').click()"
    }
    Wait-Until { Invoke-PageScript $Chromium "location.port === '12345' && document.readyState === 'complete'" } 'the page at the callback'
    [pscustomobject]@{
        Address = Invoke-PageScript $Chromium 'location.href'
        Text    = Invoke-PageScript $Chromium 'document.body.innerText'
        History = @((Send-DevTools $Chromium 'Page.getNavigationHistory').entries.url)
    }
}

Export-ModuleMember -Function Start-Chromium, Stop-Chromium, Complete-LoginInBrowser
