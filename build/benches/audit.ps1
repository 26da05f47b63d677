# Auditing API tokens.
$large = Start-TestEmulator -Arguments '--seed-tokens', '10000'
$huge = Start-TestEmulator -Arguments '--seed-tokens', '20000'
try {
    $largeEnvironment = @{ ASTRO_API_TOKEN = $large.tokens.organizationOwner.value; ASTRO_DOMAIN = $large.domain }
    $hugeEnvironment = @{ ASTRO_API_TOKEN = $huge.tokens.organizationOwner.value; ASTRO_DOMAIN = $huge.domain }
    $setup = "Import-Module '$manifest'; Connect-Astro"

    Add-Result 'Auditing 10,000 tokens with all rules, against the bare listing' '1.3' (
        Compare-InProcess -Runs $Runs -Environment $largeEnvironment -Setup $setup -Ours 'Test-AstroApiToken | Out-Null' -Theirs 'Get-AstroApiToken | Out-Null' -Pause 2)

    # How much of what is dropped waits for its collection depends on the processor's cache; with 4 MiB for new objects what is kept shows.
    $smallHeap = @{ DOTNET_GCgen0size = '400000' }
    $memory = "$setup; `$null = Test-AstroApiToken | Measure-Object; [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB"
    Add-Result 'Peak memory while 20,000 tokens are audited, against 10,000 (MiB)' '1.1' (
        Compare-FreshProcess -Runs 5 -Ours $memory -Theirs $memory -Environment ($hugeEnvironment + $smallHeap) -TheirEnvironment ($largeEnvironment + $smallHeap) -FromOutput -Unit 'MiB')
} finally {
    $large, $huge | ForEach-Object { Stop-TestEmulator $_ }
}
