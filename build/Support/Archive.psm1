#requires -Version 7.2
Set-StrictMode -Version Latest

<#
.SYNOPSIS
    Writes a zip file whose bytes depend on nothing but the names and contents of its entries.
#>
function Write-Archive {
    param(
        [Parameter(Mandatory)] [string] $Path,
        # Content (bytes) by name.
        [Parameter(Mandatory)] [Collections.IDictionary] $Entries
    )

    $names = [string[]]@($Entries.Keys)
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $stream = [IO.File]::Create($Path)
    $archive = [IO.Compression.ZipArchive]::new($stream, [IO.Compression.ZipArchiveMode]::Create)
    try {
        foreach ($name in $names) {
            $entry = $archive.CreateEntry($name, [IO.Compression.CompressionLevel]::Optimal)
            # The oldest date that a zip file can say: nothing of the build's time gets in.
            $entry.LastWriteTime = [DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
            # The same rights from each system: read by all, written by the owner.
            $entry.ExternalAttributes = 0x81A4 -shl 16
            $target = $entry.Open()
            $target.Write($Entries[$name], 0, $Entries[$name].Length)
            $target.Dispose()
        }
    }
    finally {
        $archive.Dispose()
        $stream.Dispose()
    }
}

<#
.SYNOPSIS
    The contents (bytes) of a zip file by name.
#>
function Read-Archive {
    param([Parameter(Mandatory)] [string] $Path)

    $entries = @{}
    $archive = [IO.Compression.ZipFile]::OpenRead($Path)
    try {
        foreach ($entry in $archive.Entries) {
            $source = $entry.Open()
            $content = [IO.MemoryStream]::new()
            $source.CopyTo($content)
            $source.Dispose()
            $entries[$entry.FullName] = $content.ToArray()
        }
    }
    finally { $archive.Dispose() }
    $entries
}

Export-ModuleMember -Function Write-Archive, Read-Archive
