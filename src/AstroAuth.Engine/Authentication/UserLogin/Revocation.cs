using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>Tells the login service that a refresh token is no longer wanted (RFC 7009), so that a copy of it is worth nothing.</summary>
internal sealed class Revocation
{
    private readonly AstroSession _session;
    private readonly LoginProvider _provider;
    private readonly AstroCall _call;

    internal Revocation(AstroSession session, LoginProvider provider, AstroCall call)
    {
        _session = session;
        _provider = provider;
        _call = call;
    }

    /// <summary>Tries once; a failure is only reported, because the session is forgotten here in any case.</summary>
    internal async Task TryAsync(string refreshToken)
    {
        var form = new Dictionary<string, string> { ["client_id"] = _provider.ClientId, ["token"] = refreshToken };
        using var content = new FormUrlEncodedContent(form);
        var request = new ApiRequest(HttpMethod.Post, new Uri(_provider.Authority, "oauth/revoke"))
        {
            Body = await content.ReadBytesAsync(_call.CancellationToken).ConfigureAwait(false),
            ContentType = "application/x-www-form-urlencoded",
            IsAnonymous = true,
        };
        try
        {
            var reply = await _session.Transport.SendAsync(request, _call).ConfigureAwait(false);
            _call.Sink.Verbose(reply.IsSuccess
                ? $"The session was revoked at {_provider.Authority.Host}."
                : $"{_provider.Authority.Host} did not revoke the session (status {reply.StatusCode}); it ends there by itself.");
        }
        catch (AstroException e)
        {
            _call.Sink.Verbose($"The session could not be revoked at {_provider.Authority.Host}: {e.Message}");
        }
    }
}
