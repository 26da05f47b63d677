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
        using var ui = _request.Method == AstroLoginMethod.DeviceCode ? null : new InteractiveLogin(_request, host);
        using var open = new AstroSession(_domain, NoCredential.Instance, _clock);
        var asked = new AstroCall(ToConnection(open, AstroCredentialSource.Login, "no credential yet"), host, cancellationToken);
        var provider = LoginProvider.From(await new LoginService(open, asked).GetConfigAsync().ConfigureAwait(false));
        var document = await ProviderDocument.ReadAsync(open, provider, asked).ConfigureAwait(false);
        var device = ui is null ? DeviceLogin.From(document, provider, open, asked, _request, host) : null;
        var store = await SessionStore.TryCreateAsync(_request.Name, _request.Storage, host).ConfigureAwait(false);
        var known = new SavedSession
        {
            Name = _request.Name,
            Domain = _domain.Name,
            Authority = provider.Authority.AbsoluteUri,
            ClientId = provider.ClientId,
            Audience = provider.Audience,
            IsProtected = store?.IsProtected ?? false,
        };
        // The places of the last time, when it was the same domain.
        if (SavedSessions.TryRead(_request.Name) is { } before && before.Domain == known.Domain)
            known = known.At(before.Organization, before.Workspace);
        var credential = new UserCredential(provider, new MsalAdapter(provider, store), known, store is not null, _clock);
        var session = new AstroSession(_domain, credential, _clock);
        var connection = ToConnection(session, AstroCredentialSource.Login, $"the login at {provider.Authority.Host}");
        var call = new AstroCall(connection, host, cancellationToken);
        await (device is null
            ? credential.SignInAsync(document, ui!, _request.LoginHint, call)
            : credential.SignInAsync(document, device, call)).ConfigureAwait(false);
        return connection;
    }

    /// <summary>Goes on with the saved session; null when there is none that fits.</summary>
    /// <exception cref="AstroException">LoginSessionEnded, or a failure on the way.</exception>
    internal async Task<AstroConnection?> ResumeAsync(IAstroSink sink, CancellationToken cancellationToken)
    {
        if (SavedSessions.TryRead(_request.Name) is not { } saved || await OpenAsync(saved, sink).ConfigureAwait(false) is not { } connection)
            return null;
        var session = (AstroSession)connection.Session;
        await session.Credential.GetAsync(session, TimeSpan.Zero, new AstroCall(connection, sink, cancellationToken)).ConfigureAwait(false);
        ((UserCredential)session.Credential).Remember(saved, sink);
        return connection;
    }

    /// <summary>Makes a connection of a saved session without asking anybody; null, and a warning, when it cannot be used.</summary>
    internal async Task<AstroConnection?> OpenAsync(SavedSession saved, IAstroSink sink)
    {
        if (saved.Domain != _domain.Name)
        {
            sink.Verbose($"The saved session '{saved.Name}' is of {saved.Domain}, not of {_domain.Name}.");
            return null;
        }

        // The file is only as good as its place: its word is checked as Astro's own is.
        if (!Uri.TryCreate(saved.Authority, UriKind.Absolute, out var authority) || authority.Scheme != "https" || !_domain.Owns(authority) || saved.AccountId.Length == 0)
        {
            sink.Warning($"The saved session '{saved.Name}' is damaged and was not used.");
            return null;
        }

        try
        {
            var provider = new LoginProvider(authority, saved.ClientId, saved.Audience);
            var store = await SessionStore.OpenAsync(saved.Name, saved.IsProtected).ConfigureAwait(false);
            var credential = new UserCredential(provider, new MsalAdapter(provider, store), saved, isSaved: true, _clock);
            var connection = ToConnection(new AstroSession(_domain, credential, _clock), AstroCredentialSource.Cache, $"the saved session of {saved.User}");
            return connection.With(saved.Organization, saved.Workspace, null);
        }
        catch (Exception e) when (SessionStore.IsProblem(e))
        {
            sink.Warning($"The saved session '{saved.Name}' cannot be opened: {e.Message}");
            return null;
        }
    }

    private AstroConnection ToConnection(AstroSession session, AstroCredentialSource source, string detail) =>
        new(_request.Name, session, source, detail) { ConnectedOn = _clock.GetUtcNow(), TimeoutSec = _request.TimeoutSec };
}
