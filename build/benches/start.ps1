# Starting, tokens at hand, and lists.
$small = Start-TestEmulator
$large = Start-TestEmulator -Arguments '--seed-tokens', '10000'
$huge = Start-TestEmulator -Arguments '--seed-tokens', '20000'
$many = Start-TestEmulator -Arguments '--seed-deployments', '2000'
try {
    $token = $small.tokens.organizationOwner.value

    $import = '$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module ''{0}''; $w.Elapsed.TotalMilliseconds'
    Add-Result 'Import-Module, against an empty binary module (fresh process, inside it)' '1.1' (
        Compare-FreshProcess -Runs $Runs -Ours ($import -f $manifest) -Theirs ($import -f $empty) -FromOutput)

    $environment = @{ ASTRO_API_TOKEN = $token; ASTRO_DOMAIN = $small.domain }
    $first = "Import-Module '$manifest'; Connect-Astro -SkipValidation; `$null = Get-AstroAccessToken"
    Add-Result 'Process that imports, connects from the environment without validation and gets a token, against `pwsh -NoProfile -Command exit`' '1.25' (
        Compare-FreshProcess -Runs $Runs -Ours $first -Theirs 'exit' -Environment $environment)
    Add-Result 'The same, against a process that imports an empty binary module and calls its cmdlet' '' (
        Compare-FreshProcess -Runs $Runs -Ours $first -Theirs "Import-Module '$empty'; `$null = Get-BenchConstant" -Environment $environment)

    Add-Result 'Cached Get-AstroAccessToken, against a compiled cmdlet that returns a constant' '1.5' (
        Compare-InProcess -Runs $Runs -Environment $environment -Setup "Import-Module '$manifest', '$empty'; Connect-Astro -SkipValidation" `
            -Ours 'for ($i = 0; $i -lt 2000; $i++) { $null = Get-AstroAccessToken }' `
            -Theirs 'for ($i = 0; $i -lt 2000; $i++) { $null = Get-BenchConstant }' -Divide 2000 -Unit 'us')

    $largeEnvironment = @{ ASTRO_API_TOKEN = $large.tokens.organizationOwner.value; ASTRO_DOMAIN = $large.domain }
    $address = "$($large.address)/v1/organizations/$($large.organization.id)/tokens"
    Add-Result 'Listing 10,000 tokens through the pipeline, against a bare HttpClient and System.Text.Json loop' '1.0' (
        Compare-InProcess -Runs $Runs -Environment $largeEnvironment -Setup "Import-Module '$manifest', '$empty'; Connect-Astro; `$s = (Get-AstroAccessToken).Token" `
            -Ours 'Get-AstroApiToken | Out-Null' -Theirs "`$null = Invoke-BenchBareList -Address '$address' -Token `$s" -Pause 2)

    $null = Set-EmulatorSetting @{ latencyMs = 100 } -Emulator $large
    Add-Result 'The same, where each answer takes 100 ms' '0.7' (
        Compare-InProcess -Runs ([math]::Min($Runs, 5)) -Environment $largeEnvironment -Setup "Import-Module '$manifest', '$empty'; Connect-Astro; `$s = (Get-AstroAccessToken).Token" `
            -Ours 'Get-AstroApiToken | Out-Null' -Theirs "`$null = Invoke-BenchBareList -Address '$address' -Token `$s" -Pause 2)
    $null = Set-EmulatorSetting @{ latencyMs = 0 } -Emulator $large

    $manyEnvironment = @{ ASTRO_API_TOKEN = $many.tokens.organizationOwner.value; ASTRO_DOMAIN = $many.domain }
    $address = "$($many.address)/v1/organizations/$($many.organization.id)/deployments"
    Add-Result 'Listing 2,000 deployments through the pipeline, against a bare HttpClient and System.Text.Json loop' '1.2' (
        Compare-InProcess -Runs $Runs -Environment $manyEnvironment -Setup "Import-Module '$manifest', '$empty'; Connect-Astro; `$s = (Get-AstroAccessToken).Token" `
            -Ours 'Get-AstroDeployment | Out-Null' -Theirs "`$null = Invoke-BenchBareDeploymentList -Address '$address' -Token `$s" -Pause 1)

    # How much of what is dropped waits for its collection depends on the processor's cache; with 4 MiB for new objects what is kept shows.
    $smallHeap = @{ DOTNET_GCgen0size = '400000' }
    $memory = "Import-Module '$manifest'; Connect-Astro; `$null = Get-AstroApiToken | Measure-Object; [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB"
    $hugeEnvironment = @{ ASTRO_API_TOKEN = $huge.tokens.organizationOwner.value; ASTRO_DOMAIN = $huge.domain }
    Add-Result 'Peak memory while 20,000 tokens are piped onward, against 10,000 (MiB)' '1.1' (
        Compare-FreshProcess -Runs 5 -Ours $memory -Theirs $memory -Environment ($hugeEnvironment + $smallHeap) -TheirEnvironment ($largeEnvironment + $smallHeap) -FromOutput -Unit 'MiB')
    $requests = Measure-RequestCount -Manifest $manifest -Emulator $small
} finally {
    $small, $large, $huge, $many | ForEach-Object { Stop-TestEmulator $_ }
}
