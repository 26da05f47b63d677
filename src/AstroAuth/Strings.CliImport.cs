namespace AstroAuth;

/// <content>What can go wrong with connections that are imported.</content>
internal static partial class Strings
{
    internal const string CliContextNotFound = "The Astro CLI's configuration {0} has no context '{1}'. {2}";
    internal const string ConnectionExists = "There is a connection named '{0}' in this runspace already. Use -Force to replace it.";
}
