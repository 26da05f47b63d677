# Publishing 20,000 small files and one of 200 MB.
$server = Start-TestEmulator
$place = Join-Path $work 'publish'
$dags = Join-Path $place 'dags'
try {
    # Code and text as they are in such folders: the same words in ever other orders, and a tenth of it noise.
    $random = [Random]::new(1)
    $lines = @(Get-ChildItem (Join-Path $root 'src/AstroAuth.Engine') -Recurse -Filter *.cs | Get-Content) | Where-Object Length -GT 20
    function Write-Text([string] $Path, [int] $Size) {
        $text = [Text.StringBuilder]::new($Size + 200)
        while ($text.Length -lt $Size) { $null = $text.Append($lines[$random.Next($lines.Count)]).Append(" # $($random.Next())`n") }
        [IO.File]::WriteAllText($Path, $text.ToString())
    }
    foreach ($folder in 0..199) {
        $null = New-Item -ItemType Directory -Path "$dags/f$folder" -Force
        foreach ($number in 0..99) { Write-Text "$dags/f$folder/dag$number.py" $random.Next(400, 2400) }
    }
    $block = "$place/block"
    Write-Text $block 8MB
    $noise = [byte[]]::new(800KB)
    $large = [IO.File]::Create("$dags/data.bin")
    try {
        $bytes = [IO.File]::ReadAllBytes($block)
        while ($large.Length -lt 200MB) {
            $random.NextBytes($noise)
            $large.Write($bytes, $random.Next(1MB), 7MB)
            $large.Write($noise)
        }
    } finally { $large.Dispose() }

    $environment = @{ ASTRO_API_TOKEN = $server.tokens.organizationOwner.value; ASTRO_DOMAIN = $server.domain }
    $deployment = ($server.deployments | Where-Object name -EQ sales-etl).id
    $deploys = @{
        Uri = "$($server.Uri)/v1/organizations/$($server.organization.id)/deployments/$deployment/deploys"; Method = 'Post'; ContentType = 'application/json'
        Headers = @{ Authorization = "Bearer $($environment.ASTRO_API_TOKEN)" }; Body = '{"type":"DAG_ONLY"}'
    }
    $upload = (Invoke-RestMethod @deploys).dagsUploadUrl
    $publish = "Publish-AstroDag '$dags' $deployment -NoGit -WarningAction Ignore"
    $packed = "$place/dags.tar.gz"
    $shell = "tar -C '$place' -cf - dags | gzip -6 > '$packed'; curl -sf -o /dev/null -T '$packed' -H 'x-ms-blob-type: BlockBlob' '$upload'"
    $few = [math]::Min($Runs, 5)
    Add-Result 'Publish-AstroDag, against tar into gzip -6 and then curl to the same server' '1.3' (
        Compare-InProcess -Runs $few -Environment $environment -Setup "Import-Module '$manifest'; Connect-Astro -SkipValidation" `
            -Ours $publish -Theirs "sh -c `"$shell`"")

    $idle = "Import-Module '$manifest'; Connect-Astro; `$null = Get-AstroDeploy $deployment"
    $peak = '[Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB'
    $before = Measure-Peak -Script "$idle; $peak" -Environment $environment -Runs $few
    $during = Measure-Peak -Script "$idle; $publish; $peak" -Environment $environment -Runs $few
    $results.Add([pscustomobject]@{
            What = 'Peak memory while publishing, over that of the idle module (MiB)'; Ours = '{0:n1} MiB' -f $during; Theirs = '{0:n1} MiB' -f $before
            Ratio = '+{0:n1} MiB' -f ($during - $before); Goal = '+64 MiB'
        })
    Write-Build DarkGray ('  peak {0:n1} MiB, idle {1:n1} MiB (goal +64)' -f $during, $before)

    $sums = foreach ($time in 1..2) {
        $null = Measure-Peak -Script "$idle; $publish; 0" -Environment $environment -Runs 1
        (Invoke-RestMethod "$($server.Uri)/_emulator/deployments/$deployment/bundle").sha256
    }
    $size = (Invoke-RestMethod "$($server.Uri)/_emulator/deployments/$deployment/bundle").length / 1MB
    $results.Add([pscustomobject]@{
            What = 'Different bundles of the same folder in two processes; size of the bundle, against gzip -6'; Ours = '{0:n1} MiB' -f $size
            Theirs = '{0:n1} MiB' -f ((Get-Item $packed).Length / 1MB); Ratio = "$(@($sums | Sort-Object -Unique).Count - 1)"; Goal = '0'
        })
    Write-Build DarkGray ('  {0} bundle(s) in two runs, {1:n1} MiB against {2:n1} MiB' -f @($sums | Sort-Object -Unique).Count, $size, ((Get-Item $packed).Length / 1MB))
} finally {
    Stop-TestEmulator $server
    Remove-Item -LiteralPath $place -Recurse -Force -ErrorAction Ignore
}
