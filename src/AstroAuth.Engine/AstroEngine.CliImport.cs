using AstroAuth.Engine.Authentication.AstroCli;

namespace AstroAuth.Engine;

/// <content>The door to what the Astro CLI keeps.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public AstroCliConfig ReadCliConfig(string? path, bool includeTokens) => CliConfigFile.Read(path, includeTokens);

    /// <inheritdoc />
    public AstroConnection OpenCliContext(AstroCliConfig config, AstroCliContext context, bool includeToken) =>
        new CliConnection(config, context, _clock).Open(_sessions, includeToken);
}
