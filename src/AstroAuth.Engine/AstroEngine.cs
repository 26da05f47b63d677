using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication;
using AstroAuth.Engine.Authentication.UserLogin;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine;

/// <summary>The door of the engine: it opens rooms and does no work of its own.</summary>
public sealed partial class AstroEngine : IAstroEngine
{
    private readonly SessionCache _sessions;
    private readonly TimeProvider _clock;

    /// <summary>Makes the engine on the system's clock.</summary>
    public AstroEngine()
        : this(TimeProvider.System)
    {
    }

    /// <summary>Makes the engine.</summary>
    /// <param name="clock">Its clock.</param>
    /// <param name="sockets">What connections send with, in place of the process's sockets.</param>
    internal AstroEngine(TimeProvider clock, HttpMessageHandler? sockets = null)
    {
        _clock = clock;
        _sessions = new SessionCache(sockets);
    }

    /// <inheritdoc />
    public AstroTokenInfo ReadToken(SecureString token)
    {
        const string source = "-Token";
        var text = CredentialText.Clean(SecureStrings.Reveal(token), "token", source);
        return TokenReader.TryRead(text, _clock.GetUtcNow(), out var problem)
            ?? throw new AstroCredentialException(nameof(Strings.TokenMalformed), Strings.Format(Strings.TokenMalformed, "token", source, problem), source);
    }

    /// <inheritdoc />
    public AstroConnection Open(AstroConnectionRequest request)
    {
        var domain = AstroDomain.Parse(request.Domain);
        var source = request.SourceDetail;
        var what = request.Kind switch
        {
            AstroCredentialKind.ApiToken => "API token",
            AstroCredentialKind.DeploymentKey => "Deployment API key secret",
            _ => "access token",
        };
        var secret = CredentialText.Clean(SecureStrings.Reveal(request.Secret), what, source);
        var keyId = request.KeyId is null ? null : CredentialText.Clean(request.KeyId, "Deployment API key id", source);

        // Read first, so that a session is never made of what cannot work.
        Credential credential = request.Kind switch
        {
            AstroCredentialKind.ApiToken => FixedCredential.ApiToken(secret, source, domain, _clock),
            AstroCredentialKind.DeploymentKey => new DeploymentKeyCredential(keyId!, secret, source, _clock),
            _ => FixedCredential.AccessToken(secret, source, domain, _clock),
        };
        var session = _sessions.GetOrAdd(domain, credential, _clock);
        var connection = new AstroConnection(request.Name, session, request.Source, source)
        {
            ConnectedOn = _clock.GetUtcNow(),
            TimeoutSec = request.TimeoutSec,
        };
        return ConnectionResolver.FromClaims(connection, (credential as FixedCredential)?.Info);
    }

    /// <inheritdoc />
    public Task<AstroConnection> ResolveAsync(AstroCall call, AstroPlaces places, bool validate) => new ConnectionResolver(call).ResolveAsync(places, validate);

    /// <inheritdoc />
    public Task<AstroConnection> SignInAsync(AstroLoginRequest request, IAstroLoginHost host, CancellationToken cancellationToken) =>
        new UserLoginService(request, _clock).SignInAsync(host, cancellationToken);

    /// <inheritdoc />
    public Task<AstroConnection> ResolveUserAsync(AstroCall call, AstroPlaces places, IAstroLoginHost host) =>
        new UserPlaces(call, host).ResolveAsync(places);

    /// <inheritdoc />
    public Task<AstroConnection?> ResumeAsync(AstroLoginRequest request, IAstroSink sink, CancellationToken cancellationToken) =>
        new UserLoginService(request, _clock).ResumeAsync(sink, cancellationToken);

    /// <inheritdoc />
    public Task SignOutAsync(AstroCall call) => call.Connection.Session is AstroSession { Credential: UserCredential user } session
        ? user.SignOutAsync(session, call)
        : Task.CompletedTask;

    /// <inheritdoc />
    public async Task<bool> SignOutSavedAsync(string name, int timeoutSec, IAstroSink sink, CancellationToken cancellationToken)
    {
        if (SavedSessions.TryRead(name) is not { } saved)
            return false;
        var request = new AstroLoginRequest { Name = name, Domain = saved.Domain, TimeoutSec = timeoutSec };
        var connection = await new UserLoginService(request, _clock).OpenAsync(saved, sink);
        if (connection is null)
            SavedSessions.Delete(name);
        else
            await SignOutAsync(new AstroCall(connection, sink, cancellationToken));
        return true;
    }

    /// <inheritdoc />
    public IReadOnlyList<AstroSavedSession> GetSavedSessions() => SavedSessions.List().ConvertAll(s => s.ToModel());

    /// <inheritdoc />
    public AstroAccessToken? TryGetAccessToken(AstroConnection connection, TimeSpan minimumLifetime)
    {
        var session = (AstroSession)connection.Session;
        return session.Credential.TryGet(minimumLifetime, connection.Name) is { } bearer ? ToModel(bearer, connection, session) : null;
    }

    /// <inheritdoc />
    public async Task<AstroAccessToken> GetAccessTokenAsync(AstroCall call, TimeSpan minimumLifetime)
    {
        var session = (AstroSession)call.Connection.Session;
        return ToModel(await session.Credential.GetAsync(session, minimumLifetime, call), call.Connection, session);
    }

    /// <inheritdoc />
    public Task<AstroConnectionTest> TestAsync(AstroCall call) => new ConnectionTester(call).TestAsync();

    /// <inheritdoc />
    public Task SendAsync(AstroCall call, AstroRequest request, Func<IReadOnlyList<object?>, Task> onResult) =>
        new RawRequests(new ApiClient(call)).SendAsync(request, onResult);

    /// <inheritdoc />
    public async Task<AstroApiToken> GetApiTokenAsync(AstroCall call, string id)
    {
        var api = new ApiClient(call);
        var organization = await new Organizations(api).GetCurrentAsync();
        return (await new ApiTokens(api, organization.Id).GetAsync(id)).ToModel(organization.Id, _clock.GetUtcNow());
    }

    /// <inheritdoc />
    public async Task ListApiTokensAsync(AstroCall call, ApiTokenQuery query, Func<IReadOnlyList<AstroApiToken>, Task> onPage)
    {
        var api = new ApiClient(call);
        var organization = await new Organizations(api).GetCurrentAsync();
        var now = _clock.GetUtcNow();
        var filter = new ApiTokenFilter(query, now);
        var parameters = await filter.GetParametersAsync(api, organization.Id);
        var tokens = new ApiTokens(api, organization.Id);
        await Paging.WalkAsync(
            offset => tokens.FetchAsync(parameters, offset),
            page => onPage(page.Where(filter.Wants).Select(token => token.ToModel(organization.Id, now)).ToList()));
    }

    /// <inheritdoc />
    public async Task DeleteApiTokenAsync(AstroCall call, string id)
    {
        var api = new ApiClient(call);
        var organization = await new Organizations(api).GetCurrentAsync();
        await new ApiTokens(api, organization.Id).DeleteAsync(id);
    }

    /// <inheritdoc />
    public Task<ApiTokenCreation> PlanApiTokenAsync(AstroCall call, ApiTokenCreation creation) => new ApiTokenPlan(new ApiClient(call)).CompleteAsync(creation);

    /// <inheritdoc />
    public async Task<AstroIssuedApiToken> CreateApiTokenAsync(AstroCall call, ApiTokenCreation creation, ISecretVault vault)
    {
        var api = new ApiClient(call);
        var planned = await new ApiTokenPlan(api).CompleteAsync(creation);
        var organization = await new Organizations(api).GetCurrentAsync();
        return await new ApiTokenIssuer(api, organization, vault).IssueAsync(planned);
    }

    private static AstroAccessToken ToModel(Bearer bearer, AstroConnection connection, AstroSession session) => new(
        bearer.Conceal(),
        bearer.ExpiresOn,
        connection.Kind,
        session.Credential.Scope,
        connection.Name);
}
