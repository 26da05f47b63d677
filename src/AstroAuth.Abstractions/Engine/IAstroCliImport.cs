namespace AstroAuth;

/// <summary>What the Astro CLI keeps on this machine. It is read and never changed.</summary>
public interface IAstroCliImport
{
    /// <summary>Reads the Astro CLI's <c>config.yaml</c>.</summary>
    /// <param name="path">The file, or null for the one the CLI uses: below <c>ASTRO_HOME</c>, else below the home folder.</param>
    /// <param name="includeTokens">False: it is only told where tokens are, and none is kept.</param>
    /// <exception cref="AstroException">It is not there or cannot be read.</exception>
    AstroCliConfig ReadCliConfig(string? path, bool includeTokens);

    /// <summary>Makes a connection of a context; no request is sent.</summary>
    /// <param name="config">The file the context was read from.</param>
    /// <param name="context">The context, read with its token where the connection is to have it.</param>
    /// <param name="includeToken">False: the connection waits for its credential, with domain and places at hand.</param>
    /// <exception cref="AstroException">The domain is not one of Astro's, or the token is missing or cannot work.</exception>
    AstroConnection OpenCliContext(AstroCliConfig config, AstroCliContext context, bool includeToken);
}
