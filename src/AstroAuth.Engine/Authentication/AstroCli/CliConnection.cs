using System;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication.AstroCli;

/// <summary>Makes a connection of a context of the Astro CLI.</summary>
internal sealed class CliConnection
{
    private readonly AstroCliConfig _config;
    private readonly AstroCliContext _context;
    private readonly TimeProvider _clock;

    internal CliConnection(AstroCliConfig config, AstroCliContext context, TimeProvider clock)
    {
        _config = config;
        _context = context;
        _clock = clock;
    }

    private string Source => $"{_config.Path}, context {_context.Key}";

    /// <exception cref="AstroException">InvalidDomain, CliTokenMissing, or the token cannot work.</exception>
    internal AstroConnection Open(SessionCache sessions, bool includeToken)
    {
        var domain = AstroDomain.Parse(_context.Domain);
        Credential credential = includeToken ? ReadToken(domain) : new AwaitedCredential(_context.User);
        var connection = new AstroConnection(_context.Domain, sessions.GetOrAdd(domain, credential, _clock), AstroCredentialSource.AstroCli, Source)
        {
            ConnectedOn = _clock.GetUtcNow(),
            TimeoutSec = 100,
        };
        return ConnectionResolver.FromClaims(connection, credential.Info).CompletedWith(
            _context.OrganizationId is { } organization ? new AstroPlace(organization) : null,
            _context.WorkspaceId is { } workspace ? new AstroPlace(workspace) : null);
    }

    // Older versions of the CLI put the API token of ASTRO_API_TOKEN where a person's access token was.
    private FixedCredential ReadToken(AstroDomain domain)
    {
        if (_context.Token is not { } secret)
            throw new AstroCredentialException(nameof(Strings.CliTokenMissing), Strings.Format(Strings.CliTokenMissing, _context.Domain, _config.Path), _context.Domain);
        var token = CredentialText.Clean(SecureStrings.Reveal(secret), "access token", Source);
        return TokenReader.TryRead(token, _clock.GetUtcNow(), out _) is { Kind: AstroCredentialKind.ApiToken }
            ? FixedCredential.ApiToken(token, Source, domain, _clock)
            : FixedCredential.AccessToken(token, Source, domain, _clock);
    }
}
