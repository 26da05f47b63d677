using System;
using System.IO;

namespace AstroAuth.Commands.ApiToken;

/// <summary>A file that is written whole or not at all.</summary>
internal sealed class ReportFile
{
    private readonly bool _force;

    /// <exception cref="AstroException">ReportFormatUnknown, ReportExists, or ReportNotWritten when the folder is not there or the file is read-only.</exception>
    internal ReportFile(string fullName, bool noClobber, bool force)
    {
        FullName = fullName;
        _force = force;
        Format = Path.GetExtension(fullName).ToLowerInvariant() switch
        {
            ".html" or ".htm" => AstroReportFormat.Html,
            ".json" => AstroReportFormat.Json,
            ".csv" => AstroReportFormat.Csv,
            _ => throw new AstroException(
                nameof(Strings.ReportFormatUnknown),
                Strings.Format(Strings.ReportFormatUnknown, Path.GetFileName(fullName)),
                AstroErrorCategory.InvalidArgument,
                fullName),
        };
        if (noClobber && File.Exists(fullName))
            throw new AstroException(nameof(Strings.ReportExists), Strings.Format(Strings.ReportExists, fullName), AstroErrorCategory.ResourceExists, fullName);
        if (!Directory.Exists(Path.GetDirectoryName(fullName)))
            throw NotWritten("there is no such folder.");
        if (Directory.Exists(fullName))
            throw NotWritten("it is a folder.");
        if (!force && File.Exists(fullName) && IsReadOnly)
            throw NotWritten("it is read-only, and -Force is not given.");
    }

    internal string FullName { get; }

    internal AstroReportFormat Format { get; }

    private bool IsReadOnly => (File.GetAttributes(FullName) & FileAttributes.ReadOnly) != 0;

    /// <summary>Writes beside the file and then takes its place, so that nobody finds half a report.</summary>
    /// <exception cref="AstroException">ReportNotWritten.</exception>
    internal void Write(Action<Stream> write)
    {
        var part = $"{FullName}.{Guid.NewGuid():N}.part";
        try
        {
            using (var output = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
                write(output);
            if (File.Exists(FullName))
            {
                if (_force && IsReadOnly)
                    File.SetAttributes(FullName, File.GetAttributes(FullName) & ~FileAttributes.ReadOnly);
                File.Replace(part, FullName, null);
            }
            else
            {
                File.Move(part, FullName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw NotWritten(e.Message);
        }
        finally
        {
            Discard(part);
        }
    }

    private static void Discard(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that left it there has been told already.
        }
    }

    private AstroException NotWritten(string why) => new(
        nameof(Strings.ReportNotWritten),
        Strings.Format(Strings.ReportNotWritten, FullName, why),
        AstroErrorCategory.WriteError,
        FullName);
}
