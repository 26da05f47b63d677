namespace AstroAuth.Engine;

/// <content>What can go wrong with the Astro CLI's configuration.</content>
internal static partial class Strings
{
    internal const string CliConfigNotFound = "There is no configuration of the Astro CLI at {0}. Name the file with -Path, or set ASTRO_HOME to the folder that holds .astro.";
    internal const string CliConfigUnreadable = "The Astro CLI's configuration {0} cannot be read: {1}. Nothing was imported.";
    internal const string CliTokenMissing = "The Astro CLI holds no token for {0} in {1}: it is signed out there, or keeps the token in the system's keyring. Import without -IncludeToken, then Connect-Astro -Name '{0}'.";
    internal const string CredentialAwaited = "The connection '{0}' was imported without a credential. Connect-Astro -Name '{0}' gives it one and keeps its domain and places; Import-AstroConnection -IncludeToken -Force takes the Astro CLI's token.";
}
