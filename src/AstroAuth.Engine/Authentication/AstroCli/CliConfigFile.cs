using System;
using System.IO;
using System.Text;

namespace AstroAuth.Engine.Authentication.AstroCli;

/// <summary>Where the Astro CLI's config.yaml is, and its text (wire contract 1.3).</summary>
internal static class CliConfigFile
{
    // The CLI's own is a few kilobytes; what is far larger is something else.
    private const int LongestFile = 1024 * 1024;

    internal static string DefaultPath
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("ASTRO_HOME");
            if (string.IsNullOrWhiteSpace(home))
                home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(home!, ".astro", "config.yaml");
        }
    }

    /// <summary>Reads the contexts, and their tokens only when they are asked for.</summary>
    /// <exception cref="AstroException">CliConfigNotFound or CliConfigUnreadable.</exception>
    internal static AstroCliConfig Read(string? path, bool includeTokens)
    {
        var file = path ?? "";
        try
        {
            file = Path.GetFullPath(path ?? DefaultPath);
            return new AstroCliConfig { Path = file, Contexts = CliContexts.Of(CliYaml.Read(ReadText(file)), includeTokens) };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AstroException(nameof(Strings.CliConfigNotFound), Strings.Format(Strings.CliConfigNotFound, file), AstroErrorCategory.ObjectNotFound, file);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new AstroException(
                nameof(Strings.CliConfigUnreadable),
                Strings.Format(Strings.CliConfigUnreadable, file, e is InvalidDataException ? e.Message : "the system does not let it be opened"),
                AstroErrorCategory.ReadError,
                file);
        }
    }

    private static string ReadText(string file)
    {
        var bytes = new byte[LongestFile + 1];
        var length = 0;
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            int read;
            while (length < bytes.Length && (read = stream.Read(bytes, length, bytes.Length - length)) > 0)
                length += read;
        }

        try
        {
            return length > LongestFile
                ? throw new InvalidDataException($"it is larger than {LongestFile / 1024} KB")
                : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("it is not UTF-8 text");
        }
    }
}
