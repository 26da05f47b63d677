using System.Security;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Tokens;

/// <summary>Proves that a value opens Astro, with a session of its own.</summary>
internal sealed class TokenProof
{
    private readonly ApiClient _api;

    internal TokenProof(ApiClient api) => _api = api;

    /// <exception cref="AstroException">The value is no token, or Astro does not let it in.</exception>
    internal async Task ProveAsync(SecureString value, AstroCredentialSource source, string where)
    {
        var text = CredentialText.Clean(SecureStrings.Reveal(value), "API token", where);
        var domain = _api.Session.Domain;

        // By the server's clock: a value made a moment ago is not from the future because this machine is late.
        var clock = _api.Session.ServerClock;
        using var session = new AstroSession(domain, FixedCredential.ApiToken(text, where, domain, clock), clock);
        var own = _api.Call.Connection;
        var connection = new AstroConnection(own.Name, session, source, where) { TimeoutSec = own.TimeoutSec };
        await new Organizations(new ApiClient(_api.Call.As(connection))).ListAsync();
    }
}
