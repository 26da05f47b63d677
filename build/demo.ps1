#requires -Version 7.2
<#
.SYNOPSIS
    Shows the main job of AstroAuth from end to end against the emulator: no account, nothing left behind.
.DESCRIPTION
    Starts the emulator and then, one after the other, fresh PowerShell processes that play the parts: an operator who
    hands out a token, a job that uses it, the operator again who replaces it, and the job on its next run.
    Ends with an error as soon as a step does not do what the story says.
#>
[CmdletBinding()]
param(
    # The staged module, a folder named after its version.
    [Parameter(Mandatory, Position = 0)] [string] $Module,
    # AstroAuth.Emulator.dll.
    [Parameter(Mandatory, Position = 1)] [string] $Emulator
)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Support/Process.psm1') -Force
$root = Split-Path $PSScriptRoot
$modulePath = @(
    Split-Path (Split-Path (Resolve-Path -LiteralPath $Module).ProviderPath)
    Join-Path $root 'output/test-modules'
    Join-Path $root 'tests/modules'
) -join [IO.Path]::PathSeparator

# What every process of the story runs first: its modules, and a way to show a command, its output and the reason.
$prelude = {
    $env:PSModulePath = $env:DEMO_MODULE_PATH, (Join-Path $PSHOME 'Modules') -join [IO.Path]::PathSeparator
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)

    function Write-Command([scriptblock] $Script) {
        $lines = @($Script.ToString().Trim() -split '\r?\n' | ForEach-Object Trim)
        for ($i = 0; $i -lt $lines.Count; $i++) {
            if ($i -eq 0) { '   PS> ' + $lines[0]; continue }
            # A line that goes on with the one before, as the console shows it.
            $prompt = $lines[$i - 1] -match '[|`]\s*$' ? '   >>    ' : '   PS> '
            $prompt + $lines[$i]
        }
    }
}

# Runs the $steps of an act in the script's own scope, so that a later step sees what an earlier one kept.
$runner = {
    foreach ($step in $steps) {
        ''
        "$($env:DEMO_STEP). $($step.Title)"
        $env:DEMO_STEP = 1 + $env:DEMO_STEP
        Write-Command $step.Run
        $failure = $null
        try { $shown = . $step.Run 2>&1 3>&1 | Out-String -Width 110 }
        catch {
            $failure = $_
            $shown = "Error: $($_.Exception.Message)`nIts id: $(($_.FullyQualifiedErrorId -split ',')[0])"
        }
        if ($shown.Trim()) { $shown.Trim("`r", "`n") -split '\r?\n' | ForEach-Object { ('   ' + $_).TrimEnd() } }
        foreach ($sentence in $step.Why) { "   => $sentence" }

        if ($failure -and -not $step.Fails) { throw "Step '$($step.Title)' failed: $($failure.Exception.Message)" }
        if ($step.Fails -and "$($failure.FullyQualifiedErrorId)" -notlike "$($step.Fails),*") { throw "Step '$($step.Title)' should have failed with $($step.Fails)." }
        if ($step.Check -and -not (. $step.Check)) { throw "Step '$($step.Title)' did not do what it says." }
    }
    Set-Content -LiteralPath $env:DEMO_STEP_FILE -Value $env:DEMO_STEP
}

$acts = @(
    @{
        Title = 'An operator, whose own API token is in the environment variable ASTRO_API_TOKEN'
        Token = 'workspaceOwner'
        Steps = {
            $steps = @(
                @{
                    Title = 'Connect'
                    Run   = {
                        Import-Module AstroAuth
                        Connect-Astro
                        Get-AstroConnection
                    }
                    Why   = 'Connect-Astro found the token by itself and asked Astro once whether it works.'
                    Check = { (Get-AstroConnection -Default).Source -eq 'Environment' }
                }
                @{
                    Title = 'What does that token say of itself?'
                    Run   = { Get-AstroAccessToken | ConvertFrom-AstroToken }
                    Why   = 'Read on this machine, no request; the value itself is never shown.'
                }
                @{
                    Title = 'Which tokens of my workspace end within 30 days, or have ended?'
                    Run   = { Get-AstroApiToken -Workspace 'Data Platform' -ExpiringWithin 30.00:00 }
                    Why   = 'Time to think about successors. Astro never tells a value again, only what a token is.'
                    Check = { Get-AstroApiToken nightly-backfill -Workspace 'Data Platform' }
                }
                @{
                    Title = 'A vault to keep secrets in'
                    Run   = {
                        Register-SecretVault demo -ModuleName AstroTestVault -VaultParameters @{ Path = "$HOME/vault.xml" }
                        Get-SecretVault | Select-Object Name, ModuleName
                    }
                    Why   = 'A stand-in for the demo. You register your own once, for example Microsoft.PowerShell.SecretStore.'
                    Check = { Get-SecretVault demo }
                }
                @{
                    Title = 'Create a token for the nightly deploy job, and keep its value in the vault'
                    Run   = {
                        $token = @{ Name = 'nightly-deploy'; Role = 'DAG Deployer'; Deployment = 'sales-etl' }
                        New-AstroApiToken @token -Vault demo -SecretName nightly-deploy
                    }
                    Why   = @(
                        'The token can deploy to one Deployment and ends by itself after 90 days.'
                        'Before success was said, the vault gave the value back and Astro accepted it.'
                        'Nobody has seen the value. Had the vault failed, the token would have been removed again.'
                    )
                    Check = { Get-SecretInfo nightly-deploy -Vault demo }
                }
            )
        }
    }
    @{
        Title = 'The nightly job: a new process with no token at all, which knows only where the secret is'
        Steps = {
            $steps = @(
                @{
                    Title = 'Connect from the vault'
                    Run   = {
                        Import-Module AstroAuth
                        Connect-Astro -Vault demo -SecretName nightly-deploy
                        Test-AstroConnection -Detailed | Select-Object Success, Who, Scope, DaysLeft
                    }
                    Why   = 'The value went from the vault to the module and was not in a variable, a file or a log.'
                    Check = { Test-AstroConnection }
                }
                @{
                    Title = 'Use it for any call of the Astro API'
                    Run   = {
                        Invoke-AstroRequest 'organizations/{organizationId}/deployments/{deploymentId}' |
                            Select-Object name, status, astroRuntimeVersion
                    }
                    Why   = 'The ids in braces are the connection''s own; they come from the token.'
                }
                @{
                    Title = 'Hand it to another tool'
                    Run   = {
                        $token = Get-AstroAccessToken
                        $uri = "http://$env:ASTRO_DOMAIN/v1/organizations"
                        $reply = Invoke-RestMethod $uri -Authentication Bearer -Token $token.Token -AllowUnencryptedAuthentication
                        $reply.organizations.name
                        "$token"
                    }
                    Why   = @(
                        'The token is a SecureString, just what Invoke-RestMethod takes.'
                        '(-AllowUnencryptedAuthentication only because the emulator is plain http on this machine.)'
                    )
                    Check = { $token.Token -is [securestring] }
                }
                @{
                    Title = 'Least privilege: the job may not look at other tokens'
                    Run   = { Get-AstroApiToken -Workspace 'Data Platform' }
                    Fails = 'Forbidden'
                    Why   = 'An error says what was refused, the request to quote to support, and has an id to test for.'
                }
            )
        }
    }
    @{
        Title = 'The operator again, to replace the token: new value in, old value dead'
        Token = 'workspaceOwner'
        Steps = {
            $steps = @(
                @{
                    Title = 'Two connections side by side: mine, and the one the job uses now'
                    Run   = {
                        Import-Module AstroAuth
                        Connect-Astro
                        $old = Connect-Astro -Name old -NoDefault -Vault demo -SecretName nightly-deploy -PassThru
                        Get-AstroConnection
                    }
                    Why   = 'Connections have names; -Connection on any cmdlet says which one to use.'
                    Check = { @(Get-AstroConnection).Count -eq 2 }
                }
                @{
                    Title = 'Rotate it'
                    Run   = {
                        $rotation = @{ Vault = 'demo'; SecretName = 'nightly-deploy'; Confirm = $false }
                        $result = Invoke-AstroApiTokenRotation -Id $old.TokenId @rotation
                        $result | Format-List Name, Status, OldId, NewId, ExpiresOn, Vault, SecretName
                    }
                    Why   = @(
                        'A successor with the same roles was made, tried, written to the vault and read back;'
                        'only then did the old token go. Killed anywhere in between, the next run finishes or undoes it.'
                    )
                    Check = { $result.Status -eq 'Rotated' -and $result.NewId -ne $old.TokenId }
                }
                @{
                    Title = 'Nothing is left open, and a schedule that runs every hour leaves young tokens alone'
                    Run   = {
                        Get-AstroApiTokenRotation
                        (Invoke-AstroApiTokenRotation -Id $result.NewId @rotation -OlderThan 30.00:00).Reason
                    }
                    Why   = 'With -GracePeriod the old token would live on for a while and be removed by the run that comes after it.'
                    Check = { -not (Get-AstroApiTokenRotation) }
                }
                @{
                    Title = 'The old value is dead'
                    Run   = { Invoke-AstroRequest 'organizations/{organizationId}/deployments/{deploymentId}' -Connection old }
                    Fails = 'Unauthorized'
                    Why   = 'Whoever copied it has nothing any more. Astro says why, and AstroAuth says which token it was.'
                }
            )
        }
    }
    @{
        Title = 'The nightly job, next run: the same two lines as before'
        Steps = {
            $steps = @(
                @{
                    Title = 'The vault''s value works'
                    Run   = {
                        Import-Module AstroAuth
                        Connect-Astro -Vault demo -SecretName nightly-deploy
                        Test-AstroConnection
                        Invoke-AstroRequest 'organizations/{organizationId}/deployments/{deploymentId}' | Select-Object name, status
                    }
                    Why   = 'The job was not touched, and never knew that its token had changed.'
                    Check = { Test-AstroConnection }
                }
            )
        }
    }
)

$next = @'
What to try next
   dotnet run --project src/AstroAuth.Emulator      your own emulator, with thirty tokens to look at
   README.md                                        import the module and connect it, to the emulator or to Astro
   docs/guides/first-token.md                       the same story by hand, one command at a time
   Get-Help about_AstroAuth                         once the module is imported
'@

function Start-Emulator {
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($argument in $Emulator, '--port', '0', '--parent-pid', "$PID") { $start.ArgumentList.Add($argument) }
    $process = [Diagnostics.Process]::Start($start)
    $errors = $process.StandardError.ReadToEndAsync()

    $deadline = [DateTime]::UtcNow.AddSeconds(30)
    while ($true) {
        $line = $process.StandardOutput.ReadLineAsync()
        $left = [int][Math]::Max(0, ($deadline - [DateTime]::UtcNow).TotalMilliseconds)
        if (-not $line.Wait($left) -or $null -eq $line.Result) {
            if (-not $process.HasExited) { $process.Kill($true) }
            throw "The emulator did not start. $($errors.GetAwaiter().GetResult())"
        }
        if ($line.Result.StartsWith('READY ', [StringComparison]::Ordinal)) { break }
    }
    # Nobody reads on, and a full pipe would stop the emulator.
    $null = $process.StandardOutput.BaseStream.CopyToAsync([IO.Stream]::Null)
    [pscustomobject]@{ Process = $process; State = ConvertFrom-Json $line.Result.Substring(6) }
}

# Gives the lines of an act as they come.
function Invoke-Act([hashtable] $Act, [string] $Folder, $State, [string] $StepFile) {
    $file = Join-Path $Folder 'act.ps1'
    Set-Content -LiteralPath $file -Value "$prelude", "$($Act.Steps)", "$runner"
    $pwsh = Get-PowerShellCommand
    $start = [Diagnostics.ProcessStartInfo]::new($pwsh.Path)
    foreach ($argument in $pwsh.Prefix + @('-NoProfile', '-NonInteractive', '-File', $file)) { $start.ArgumentList.Add($argument) }
    $start.WorkingDirectory = $Folder
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = [Text.Encoding]::UTF8

    foreach ($name in Get-ScrubbedVariable) { $null = $start.Environment.Remove($name) }
    # HOME of its own: the registry of vaults lies there.
    foreach ($name in 'HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA') { $start.Environment[$name] = $Folder }
    $start.Environment['NO_COLOR'] = '1'
    $start.Environment['NO_PROXY'] = 'localhost'
    $start.Environment['DEMO_MODULE_PATH'] = $modulePath
    $start.Environment['DEMO_STEP_FILE'] = $StepFile
    $start.Environment['DEMO_STEP'] = (Get-Content -LiteralPath $StepFile -Raw).Trim()
    $start.Environment['ASTRO_DOMAIN'] = $State.domain
    # In the environment, never among the arguments: those can be seen by others.
    if ($Act.Token) { $start.Environment['ASTRO_API_TOKEN'] = $State.tokens.($Act.Token).value }

    $process = [Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        while ($null -ne ($line = $process.StandardOutput.ReadLine())) {
            # A promise of the module that the demo keeps an eye on.
            if ($line -cmatch 'eyJ[\w-]{20,}') { throw "A line of '$($Act.Title)' holds a token." }
            $line
        }
        $process.WaitForExit()
        if ($process.ExitCode -ne 0) { throw "The demo stopped in '$($Act.Title)'.`n$($errors.GetAwaiter().GetResult().Trim())" }
    }
    finally {
        if (-not $process.HasExited) { $process.Kill($true) }
        $process.Dispose()
    }
}

$watch = [Diagnostics.Stopwatch]::StartNew()
$folder = Join-Path ([IO.Path]::GetTempPath()) "astroauth-demo-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
$null = New-Item -ItemType Directory -Path $folder
if (-not $IsWindows) { chmod 700 $folder }
$service = $null
try {
    'AstroAuth: a token''s life, from its creation to its replacement'
    ''
    'This runs against the emulator, a small made-up Astro on this machine. Four PowerShell processes take turns;'
    'they share nothing but the vault. Lines after PS> are what a person would type.'
    $service = Start-Emulator
    ''
    "Emulator at $($service.State.address), organization '$($service.State.organization.name)'."

    $stepFile = Join-Path $folder 'step'
    Set-Content -LiteralPath $stepFile -Value 1
    foreach ($act in $acts) {
        ''
        "--- $($act.Title) ---"
        Invoke-Act $act $folder $service.State $stepFile
    }

    ''
    "Done in $([Math]::Ceiling($watch.Elapsed.TotalSeconds)) s; the emulator, the vault and all else are gone."
    ''
    $next
}
finally {
    if ($service) {
        if (-not $service.Process.HasExited) { $service.Process.Kill($true) }
        $null = $service.Process.WaitForExit(10000)
        $service.Process.Dispose()
    }
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}
