using System;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>Signs people in and makes connections of them.</summary>
internal sealed class UserLoginService
{
    private readonly AstroDomain _domain;
    private readonly TimeProvider _clock;
    private readonly AstroLoginRequest _request;

    internal UserLoginService(AstroLoginRequest request, TimeProvider clock)
    {
        _request = request;
        _domain = AstroDomain.Parse(request.Domain);
        _clock = clock;
    }

    /// <exception cref="AstroException">The login cannot be made here, was refused or was not finished.</exception>
    internal async Task<AstroConnection> SignInAsync(IAstroLoginHost host, CancellationToken cancellationToken)
    {
        // The port comes first: without it there is no use in asking anybody anything.
        using var ui = new InteractiveLogin(_request, host);
        var provider = await FindProviderAsync(host, cancellationToken).ConfigureAwait(false);
        var credential = new UserCredential(provider, new MsalAdapter(provider), _clock);
        var session = new AstroSession(_domain, credential, _clock);
        var connection = ToConnection(session, AstroCredentialSource.Login, $"the login at {provider.Authority.Host}");
        await credential.SignInAsync(session, ui, _request.LoginHint, new AstroCall(connection, host, cancellationToken)).ConfigureAwait(false);
        return connection;
    }

    private async Task<LoginProvider> FindProviderAsync(IAstroSink sink, CancellationToken cancellationToken)
    {
        using var session = new AstroSession(_domain, NoCredential.Instance, _clock);
        var call = new AstroCall(ToConnection(session, AstroCredentialSource.Login, "no credential yet"), sink, cancellationToken);
        return LoginProvider.From(await new LoginService(session, call).GetConfigAsync().ConfigureAwait(false));
    }

    private AstroConnection ToConnection(AstroSession session, AstroCredentialSource source, string detail) =>
        new(_request.Name, session, source, detail) { ConnectedOn = _clock.GetUtcNow(), TimeoutSec = _request.TimeoutSec };
}
