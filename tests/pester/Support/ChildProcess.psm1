Set-StrictMode -Version Latest

<#
.SYNOPSIS
    Runs a script in a fresh PowerShell, without profile, where the staged module can be imported by name.
.DESCRIPTION
    The script sees nothing of the caller: hand it text as arguments ($args) or as environment variables.
    It ends with its own exit code, and with 1 when it throws.
.OUTPUTS
    ExitCode, StdOut and StdErr.
#>
function Invoke-ChildPwsh {
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $Script,
        # Value by name; $null takes the variable away.
        [hashtable] $Environment = @{},
        [string[]] $ArgumentList = @(),
        [string] $WorkingDirectory = $PWD.ProviderPath,
        [int] $TimeoutSec = 120,
        # Without it PowerShell runs -NonInteractive, as in a pipeline.
        [switch] $Interactive
    )

    $child = Start-ChildPwsh -Script $Script -Environment $Environment -ArgumentList $ArgumentList `
        -WorkingDirectory $WorkingDirectory -Interactive:$Interactive
    Wait-ChildPwsh $child -TimeoutSec $TimeoutSec
}

<#
.SYNOPSIS
    Starts what Invoke-ChildPwsh runs and does not wait, for tests that end it midway or run several at once.
#>
function Start-ChildPwsh {
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $Script,
        [hashtable] $Environment = @{},
        [string[]] $ArgumentList = @(),
        [string] $WorkingDirectory = $PWD.ProviderPath,
        [switch] $Interactive
    )

    $file = Join-Path ([IO.Path]::GetTempPath()) "astroauth-child-$([guid]::NewGuid().ToString('n')).ps1"
    # PowerShell has added the machine's module folders by the time the first line runs.
    Set-Content -LiteralPath $file -Value @"
`$env:PSModulePath = `$env:ASTROAUTH_TEST_MODULEPATH
& {
$Script
} @args
"@

    $process = [Environment]::ProcessPath
    $start = [Diagnostics.ProcessStartInfo]::new($process)
    # As a .NET tool PowerShell is `dotnet pwsh.dll`.
    if ([IO.Path]::GetFileNameWithoutExtension($process) -eq 'dotnet') { $start.ArgumentList.Add((Join-Path $PSHOME 'pwsh.dll')) }
    $start.ArgumentList.Add('-NoProfile')
    if (-not $Interactive) { $start.ArgumentList.Add('-NonInteractive') }
    foreach ($argument in @('-File', $file) + $ArgumentList) { $start.ArgumentList.Add($argument) }
    $start.WorkingDirectory = $WorkingDirectory
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    # No colours in what tests compare.
    $start.Environment['NO_COLOR'] = '1'
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) { $null = $start.Environment.Remove($name) }
        else { $start.Environment[$name] = [string]$Environment[$name] }
    }

    $child = [Diagnostics.Process]::Start($start)
    $child.StandardInput.Close()
    [pscustomobject]@{
        Process = $child
        StdOut  = $child.StandardOutput.ReadToEndAsync()
        StdErr  = $child.StandardError.ReadToEndAsync()
        File    = $file
    }
}

<#
.SYNOPSIS
    Waits for a child of Start-ChildPwsh and gives its exit code and output.
#>
function Wait-ChildPwsh {
    param(
        [Parameter(Mandatory, Position = 0)] $Child,
        [int] $TimeoutSec = 120
    )

    try {
        if (-not $Child.Process.WaitForExit($TimeoutSec * 1000)) {
            $Child.Process.Kill($true)
            throw "The child PowerShell had not ended after $TimeoutSec s."
        }
        # Whoever the child started may hold the pipes open; a killed child's output ends where it ended.
        $null = [Threading.Tasks.Task]::WaitAll(@($Child.StdOut, $Child.StdErr), 5000)
        [pscustomobject]@{
            ExitCode = $Child.Process.ExitCode
            StdOut   = if ($Child.StdOut.IsCompletedSuccessfully) { $Child.StdOut.Result.TrimEnd() } else { '' }
            StdErr   = if ($Child.StdErr.IsCompletedSuccessfully) { $Child.StdErr.Result.TrimEnd() } else { '' }
        }
    }
    finally {
        $Child.Process.Dispose()
        Remove-Item -LiteralPath $Child.File -ErrorAction Ignore
    }
}

Export-ModuleMember -Function Invoke-ChildPwsh, Start-ChildPwsh, Wait-ChildPwsh
