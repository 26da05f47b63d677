# Resuming a saved session.
# The session is saved by a login of its own, in a home folder of its own, at a terminal that script (util-linux) makes.
if (-not $IsLinux -or -not (Get-Command script -CommandType Application -ErrorAction Ignore)) {
    Write-Build DarkGray '  resuming is measured on Linux only: nobody can sign in here without a terminal'
    return
}
Import-Module (Join-Path $root 'tests/pester/Support/Login.psm1') -Force
$provider = Start-TestEmulator
$resumeHome = (New-Item -ItemType Directory -Path (Join-Path $work 'resume')).FullName
try {
    $place = @{
        HOME = $resumeHome; XDG_DATA_HOME = Join-Path $resumeHome 'data'; DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent'
        ASTRO_DOMAIN = $provider.httpsDomain; ASTRO_CA_FILE = $provider.caFile; TEST_WORKSPACE = $provider.workspaces[0].name; TEST_MANIFEST = $manifest
        ASTROAUTH_TEST_MODULEPATH = Join-Path $PSHOME 'Modules'
    }
    $terminal = Start-TerminalPwsh -Environment $place { Import-Module $env:TEST_MANIFEST; Connect-Astro -Interactive -AllowUnprotectedCache -Workspace $env:TEST_WORKSPACE; 'saved' }
    $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $provider.users.owner
    $signedIn = Wait-TerminalPwsh $terminal
    if ($signedIn.output -ne 'saved') { throw "No session to resume: $($signedIn.errors)" }

    Clear-EmulatorRequest -Emulator $provider
    # With the module's own import on both sides the difference is the login library, its cache and the token.
    $resume = "Import-Module '$manifest'; Connect-Astro; `$null = Get-AstroAccessToken"
    Add-Result 'Process that imports, resumes the saved session and gets its token, against `pwsh -NoProfile -Command exit` (goal: at most 150 ms more)' '' (
        Compare-FreshProcess -Runs $Runs -Ours $resume -Theirs 'exit' -Environment $place)
    Add-Result 'The same, against a process that imports an empty binary module and calls its cmdlet' '' (
        Compare-FreshProcess -Runs $Runs -Ours $resume -Theirs "Import-Module '$empty'; `$null = Get-BenchConstant" -Environment $place)
    $sent = @(Get-EmulatorRequest -Emulator $provider).Count
    if ($sent) { throw "Resuming sent $sent requests while its access token lived." }
} finally {
    Stop-TestEmulator $provider
}
