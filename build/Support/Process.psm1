#requires -Version 7.2
Set-StrictMode -Version Latest

<#
.SYNOPSIS
    How to start the PowerShell that runs now: a program and the arguments that come first.
.NOTES
    As a .NET tool PowerShell is `dotnet pwsh.dll`; the process alone would be the .NET host.
#>
function Get-PowerShellCommand {
    $process = [Environment]::ProcessPath
    $isHost = [IO.Path]::GetFileNameWithoutExtension($process) -eq 'dotnet'
    [pscustomobject]@{
        Path   = $process
        Prefix = [string[]]@(if ($isHost) { Join-Path $PSHOME 'pwsh.dll' })
    }
}

<#
.SYNOPSIS
    Variables of the caller that would change what a test sees.
#>
function Get-ScrubbedVariable {
    [Environment]::GetEnvironmentVariables().Keys |
        Where-Object { $_ -match '^(ASTRO(?!AUTH_(CRASH|FUZZ|HISTORIES))|GITHUB_|XDG_)' -or $_ -in 'TF_BUILD', 'CI', 'PSModulePath' }
}

<#
.SYNOPSIS
    Starts a program with its own environment; its output is collected while it runs.
#>
function Start-Tool {
    param(
        [Parameter(Mandatory)] [string] $Path,
        [string[]] $ArgumentList = @(),
        [string] $WorkingDirectory = $PWD.ProviderPath,
        # Value by name; $null takes the variable away.
        [hashtable] $Environment = @{}
    )

    $start = [Diagnostics.ProcessStartInfo]::new($Path)
    $start.WorkingDirectory = $WorkingDirectory
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($argument in $ArgumentList) { $start.ArgumentList.Add($argument) }
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) { $null = $start.Environment.Remove($name) }
        else { $start.Environment[$name] = [string]$Environment[$name] }
    }

    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    [pscustomobject]@{
        Process = $process
        Output  = $process.StandardOutput.ReadToEndAsync()
        Error   = $process.StandardError.ReadToEndAsync()
        Watch   = [Diagnostics.Stopwatch]::StartNew()
    }
}

<#
.SYNOPSIS
    Runs a program; silent when it succeeds, an error with its whole output when it fails.
#>
function Invoke-Tool {
    param(
        [Parameter(Mandatory)] [string] $Path,
        [string[]] $ArgumentList = @(),
        [string] $WorkingDirectory = $PWD.ProviderPath,
        [hashtable] $Environment = @{},
        [switch] $PassThru
    )

    $tool = Start-Tool -Path $Path -ArgumentList $ArgumentList -WorkingDirectory $WorkingDirectory -Environment $Environment
    # In slices, so that Ctrl+C is heard.
    while (-not $tool.Process.WaitForExit(200)) { }
    $output = $tool.Output.GetAwaiter().GetResult().Trim()
    $errors = $tool.Error.GetAwaiter().GetResult().Trim()
    if ($tool.Process.ExitCode -ne 0) {
        $name = [IO.Path]::GetFileNameWithoutExtension($Path)
        throw "$name $($ArgumentList -join ' ') ended with exit code $($tool.Process.ExitCode).`n$output`n$errors".Trim()
    }
    if ($PassThru -and $output) { $output }
}

Export-ModuleMember -Function Get-PowerShellCommand, Get-ScrubbedVariable, Start-Tool, Invoke-Tool
