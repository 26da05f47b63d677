# A million inputs for what reads tokens, answers, files and requests.
# Nothing is compared here: whatever comes has to be read or refused. ASTROAUTH_FUZZ gives another number of inputs,
# ASTROAUTH_FUZZ_SEED another seed.
$report = Join-Path $work 'fuzz.txt'
$variables = @{ ASTROAUTH_FUZZ = $env:ASTROAUTH_FUZZ; ASTROAUTH_FUZZ_REPORT = $env:ASTROAUTH_FUZZ_REPORT }
try {
    if (-not $env:ASTROAUTH_FUZZ) { $env:ASTROAUTH_FUZZ = '1000000' }
    $env:ASTROAUTH_FUZZ_REPORT = $report
    $said = dotnet test (Join-Path $root 'tests/AstroAuth.Engine.Tests') --configuration Release --no-build --nologo --filter FullyQualifiedName~.Fuzz. 2>&1
    if ($LASTEXITCODE -ne 0) { throw ($said -join "`n") }
} finally {
    foreach ($name in $variables.Keys) { Set-Item -Path "env:$name" -Value $variables[$name] }
    Get-Content -LiteralPath $report -ErrorAction Ignore | ForEach-Object { Write-Build DarkGray "  $_" }
}
