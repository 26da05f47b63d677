Set-StrictMode -Version Latest

<#
.SYNOPSIS
    Starts a script in a fresh PowerShell at a terminal of its own, where somebody could type.
.DESCRIPTION
    The browser of that terminal only notes the link it is given, for Receive-LoginLink. The script leaves its results in the
    file that $env:TEST_RESULT names; Wait-TerminalPwsh reads them.
.NOTES
    Needs the program script of util-linux, which every Debian has.
#>
function Start-TerminalPwsh {
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $Script,
        [hashtable] $Environment = @{}
    )

    $folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "astroauth-terminal-$([guid]::NewGuid().ToString('n'))")).FullName
    Set-Content -LiteralPath (Join-Path $folder 'script.ps1') -Value @"
`$env:PSModulePath = `$env:ASTROAUTH_TEST_MODULEPATH
& {
$Script
} 3> (Join-Path '$folder' 'warnings') 2> (Join-Path '$folder' 'errors') | Set-Content -LiteralPath (Join-Path '$folder' 'output')
"@
    $browser = Join-Path $folder 'xdg-open'
    Set-Content -LiteralPath $browser -Value "#!/bin/sh`nprintf '%s' `"`$1`" > '$folder/link.part' && mv '$folder/link.part' '$folder/link'`n" -NoNewline
    chmod 755 $browser

    $process = [Environment]::ProcessPath
    $pwsh = if ([IO.Path]::GetFileNameWithoutExtension($process) -eq 'dotnet') { "'$process' '$(Join-Path $PSHOME 'pwsh.dll')'" } else { "'$process'" }
    $start = [Diagnostics.ProcessStartInfo]::new('script')
    foreach ($argument in '-qfec', "stty cols 200 rows 50; exec $pwsh -NoProfile -File '$folder/script.ps1'", (Join-Path $folder 'screen')) { $start.ArgumentList.Add($argument) }
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    foreach ($name in 'CI', 'TF_BUILD', 'GITHUB_ACTIONS', 'GITLAB_CI', 'JENKINS_URL', 'TEAMCITY_VERSION', 'ASTRO_API_TOKEN', 'ASTRONOMER_KEY_ID', 'ASTRONOMER_KEY_SECRET') {
        $null = $start.Environment.Remove($name)
    }
    $start.Environment['PATH'] = $folder + [IO.Path]::PathSeparator + $env:PATH
    $start.Environment['HOME'] = $folder
    $start.Environment['TERM'] = 'dumb'
    $start.Environment['NO_COLOR'] = '1'
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = [string]$Environment[$name] }
    $child = [Diagnostics.Process]::Start($start)
    $null = $child.StandardOutput.BaseStream.CopyToAsync([IO.Stream]::Null)
    [pscustomobject]@{ Process = $child; Folder = $folder }
}

<#
.SYNOPSIS
    Waits until the terminal's browser has been opened, or its warnings name a link.
#>
function Receive-LoginLink([Parameter(Mandatory)] $Terminal, [int] $TimeoutSec = 30) {
    $deadline = [DateTime]::UtcNow.AddSeconds($TimeoutSec)
    while ([DateTime]::UtcNow -lt $deadline) {
        $opened = Join-Path $Terminal.Folder 'link'
        if (Test-Path -LiteralPath $opened) { return [uri](Get-Content -LiteralPath $opened -Raw) }
        $warned = Get-Content -LiteralPath (Join-Path $Terminal.Folder 'warnings') -Raw -ErrorAction Ignore
        if ($warned -match 'https://\S+/authorize\?\S+') { return [uri]$Matches[0] }
        if ($Terminal.Process.HasExited) { break }
        Start-Sleep -Milliseconds 50
    }
    throw "No link came.`n$(Get-Content -LiteralPath (Join-Path $Terminal.Folder 'screen') -Raw -ErrorAction Ignore)`n$(Get-Content -LiteralPath (Join-Path $Terminal.Folder 'errors') -Raw -ErrorAction Ignore)"
}

<#
.SYNOPSIS
    Waits for the terminal's end and gives what the script wrote.
#>
function Wait-TerminalPwsh([Parameter(Mandatory)] $Terminal, [int] $TimeoutSec = 60) {
    try {
        if (-not $Terminal.Process.WaitForExit($TimeoutSec * 1000)) {
            $Terminal.Process.Kill($true)
            throw "The terminal had not ended after $TimeoutSec s.`n$(Get-Content -LiteralPath (Join-Path $Terminal.Folder 'screen') -Raw -ErrorAction Ignore)"
        }
        $result = @{}
        foreach ($name in 'output', 'warnings', 'errors', 'screen') {
            $result[$name] = "$(Get-Content -LiteralPath (Join-Path $Terminal.Folder $name) -Raw -ErrorAction Ignore)".Trim()
        }
        [pscustomobject]$result
    }
    finally {
        $Terminal.Process.Dispose()
        Remove-Item -LiteralPath $Terminal.Folder -Recurse -Force
    }
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

    $handler = [Net.Http.HttpClientHandler]::new()
    $handler.AllowAutoRedirect = $false
    $handler.ServerCertificateCustomValidationCallback = [Net.Http.HttpClientHandler]::DangerousAcceptAnyServerCertificateValidator
    $http = [Net.Http.HttpClient]::new($handler)
    try {
        $answer = $http.GetAsync($Link).GetAwaiter().GetResult()
        $at = $Link
        foreach ($field in @{ email = $User.email }, @{ password = $User.password }) {
            while ($answer.Headers.Location) {
                $at = [uri]::new($at, $answer.Headers.Location)
                $answer = $http.GetAsync($at).GetAwaiter().GetResult()
            }
            $page = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
            $form = [Collections.Generic.Dictionary[string, string]]::new()
            foreach ($hidden in [regex]::Matches($page, '<input type="hidden" name="([^"]*)" value="([^"]*)">')) { $form[$hidden.Groups[1].Value] = $hidden.Groups[2].Value }
            foreach ($name in $field.Keys) { $form[$name] = $field[$name] }
            $form['action'] = 'continue'
            $at = [uri]::new($at, [regex]::Match($page, '<form method="post" action="([^"]*)">').Groups[1].Value)
            $answer = $http.PostAsync($at, [Net.Http.FormUrlEncodedContent]::new($form)).GetAwaiter().GetResult()
        }
        while ($answer.Headers.Location) {
            $at = [uri]::new($at, $answer.Headers.Location)
            if ($at.Port -eq 12345) {
                if (-not $NoCallback) { $null = $http.GetAsync($at).GetAwaiter().GetResult() }
                return $at
            }
            $answer = $http.GetAsync($at).GetAwaiter().GetResult()
        }
        throw "The login page did not lead back: $($answer.StatusCode)"
    }
    finally { $http.Dispose() }
}

Export-ModuleMember -Function Start-TerminalPwsh, Receive-LoginLink, Wait-TerminalPwsh, Complete-LoginPage
