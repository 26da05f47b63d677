Set-StrictMode -Version Latest

# There is one callback port, and test files run side by side: whoever holds the port beside it may sign in.
$turn = $null
function Wait-Turn {
    if ($script:turn) { return }
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 12346)
    for ($deadline = [DateTime]::UtcNow.AddMinutes(5); ; ) {
        try { $listener.Start(); break }
        catch { if ([DateTime]::UtcNow -ge $deadline) { throw }; Start-Sleep -Milliseconds 100 }
    }
    $script:turn = $listener
}

function Stop-Turn {
    if ($script:turn) { $script:turn.Stop(); $script:turn = $null }
}

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
        [hashtable] $Environment = @{},
        # A program that starts PowerShell in its turn, such as one that brings a D-Bus session along.
        [string] $Through = ''
    )

    Wait-Turn
    $folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "astroauth-terminal-$([guid]::NewGuid().ToString('n'))")).FullName
    Set-Content -LiteralPath (Join-Path $folder 'script.ps1') -Value @"
`$env:PSModulePath = `$env:ASTROAUTH_TEST_MODULEPATH
& {
$Script
} 3> (Join-Path '$folder' 'warnings') 2> (Join-Path '$folder' 'errors') | Set-Content -LiteralPath (Join-Path '$folder' 'output')
"@
    $browser = Join-Path $folder 'xdg-open'
    Set-Content -LiteralPath $browser -Value "#!/bin/sh`ncat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' >> '$folder/arguments'`nprintf '%s' `"`$*`" > '$folder/link.part' && mv '$folder/link.part' '$folder/link'`n" -NoNewline
    chmod 755 $browser

    $process = [Environment]::ProcessPath
    $pwsh = if ([IO.Path]::GetFileNameWithoutExtension($process) -eq 'dotnet') { "'$process' '$(Join-Path $PSHOME 'pwsh.dll')'" } else { "'$process'" }
    $start = [Diagnostics.ProcessStartInfo]::new('script')
    foreach ($argument in '-qfec', "stty cols 200 rows 50; exec timeout --foreground 240 $Through $pwsh -NoProfile -File '$folder/script.ps1'", (Join-Path $folder 'screen')) { $start.ArgumentList.Add($argument) }
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
    Start-Answering $child
    [pscustomobject]@{ Process = $child; Folder = $folder }
}

# Where the cursor is: whoever is not told waits a second for each character of the answer, and takes what is typed for it.
function Start-Answering($Process) {
    $answering = [powershell]::Create().AddScript({
            param($Screen, $Keyboard)
            $bytes = [byte[]]::new(4096)
            $rest = ''
            while (($count = $Screen.Read($bytes, 0, $bytes.Length)) -gt 0) {
                $text = $rest + [Text.Encoding]::Latin1.GetString($bytes, 0, $count)
                foreach ($question in [regex]::Matches($text, '\e\[6n')) {
                    $Keyboard.Write("`e[1;1R")
                    $Keyboard.Flush()
                }
                $rest = [regex]::Match($text, '\e(\[6?)?$').Value
            }
        }).AddArgument($Process.StandardOutput.BaseStream).AddArgument($Process.StandardInput)
    $null = $answering.BeginInvoke()
}

function Get-TerminalText($Terminal) {
    foreach ($name in 'screen', 'output', 'warnings', 'errors') { "[$name]"; Get-Content -LiteralPath (Join-Path $Terminal.Folder $name) -Raw -ErrorAction Ignore }
}

# Nobody waits for it any longer, and it would keep the callback's port.
function Stop-Terminal($Terminal) {
    if (-not $Terminal.Process.HasExited) { $Terminal.Process.Kill($true) }
    Stop-Turn
}

<#
.SYNOPSIS
    Waits until the terminal's browser has been opened, or its warnings name a link.
#>
function Receive-LoginLink([Parameter(Mandatory)] $Terminal, [int] $TimeoutSec = 90) {
    $deadline = [DateTime]::UtcNow.AddSeconds($TimeoutSec)
    while ([DateTime]::UtcNow -lt $deadline) {
        $opened = Join-Path $Terminal.Folder 'link'
        if (Test-Path -LiteralPath $opened) {
            $link = Get-Content -LiteralPath $opened -Raw
            # Taken, so that the next login's is not mistaken for it.
            Remove-Item -LiteralPath $opened
            return [uri]$link
        }
        $warned = Get-Content -LiteralPath (Join-Path $Terminal.Folder 'warnings') -Raw -ErrorAction Ignore
        if ($warned -match 'https://\S+/authorize\?\S+') { return [uri]$Matches[0] }
        if ($Terminal.Process.HasExited) { break }
        Start-Sleep -Milliseconds 50
    }
    Stop-Terminal $Terminal
    throw "No link came.`n$((Get-TerminalText $Terminal) -join "`n")"
}

<#
.SYNOPSIS
    Waits until the terminal shows a text; gives the groups of the match by name.
#>
function Wait-TerminalText([Parameter(Mandatory)] $Terminal, [string] $Pattern, [int] $TimeoutSec = 90) {
    for ($deadline = [DateTime]::UtcNow.AddSeconds($TimeoutSec); [DateTime]::UtcNow -lt $deadline -and -not $Terminal.Process.HasExited; Start-Sleep -Milliseconds 50) {
        if ((Get-Content -LiteralPath (Join-Path $Terminal.Folder 'screen') -Raw -ErrorAction Ignore) -match $Pattern) { return $Matches }
    }
    Stop-Terminal $Terminal
    throw "The terminal does not show '$Pattern'.`n$((Get-TerminalText $Terminal) -join "`n")"
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
        foreach ($name in 'output', 'warnings', 'errors', 'screen', 'arguments') {
            $result[$name] = "$(Get-Content -LiteralPath (Join-Path $Terminal.Folder $name) -Raw -ErrorAction Ignore)".Trim()
        }
        [pscustomobject]$result
    }
    finally {
        $Terminal.Process.Dispose()
        Stop-Turn
        Remove-Item -LiteralPath $Terminal.Folder -Recurse -Force
    }
}

<#
.SYNOPSIS
    Waits until the terminal's warnings name a page and a code to enter there.
#>
function Receive-DeviceCode([Parameter(Mandatory)] $Terminal, [int] $TimeoutSec = 90) {
    $deadline = [DateTime]::UtcNow.AddSeconds($TimeoutSec)
    while ([DateTime]::UtcNow -lt $deadline -and -not $Terminal.Process.HasExited) {
        $warned = Get-Content -LiteralPath (Join-Path $Terminal.Folder 'warnings') -Raw -ErrorAction Ignore
        if ($warned -match 'open (?<page>https://\S+) on any device and enter the code (?<code>[A-Z-]+)') {
            return [pscustomobject]@{ Page = [uri]$Matches.page; Code = $Matches.code }
        }
        Start-Sleep -Milliseconds 50
    }
    Stop-Terminal $Terminal
    throw "No code came.`n$((Get-TerminalText $Terminal) -join "`n")"
}

Export-ModuleMember -Function Start-TerminalPwsh, Receive-LoginLink, Receive-DeviceCode, Wait-TerminalText, Wait-TerminalPwsh
