using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;
using AstroAuth.Engine.Platform;
using Microsoft.Identity.Client;

namespace AstroAuth.Engine.Authentication.UserLogin;

#pragma warning disable CA1001 // The client has nothing to dispose of: its sockets are shared.
/// <summary>
/// The HTTP of the login library: the module's own sockets, no headers of the library, and every token answer is looked at
/// before the library may keep it.
/// </summary>
internal sealed class LoginHttp : IMsalHttpClientFactory
#pragma warning restore CA1001
{
    private HttpClient? _client;
    private TrustedRoots? _roots;

    /// <summary>The call under way; the adapter lets one at a time.</summary>
    internal AstroCall? Call { get; set; }

    /// <summary>Checks the id_token of the answer under way; null where an answer may have none.</summary>
    internal Func<string?, Task>? CheckIdToken { get; set; }

    /// <summary>The newest refresh token that came through, to be revoked at the end.</summary>
    internal string? RefreshToken { get; private set; }

    public HttpClient GetHttpClient()
    {
        var roots = TrustedRoots.FromEnvironment();
        if (_client is null || _roots != roots)
        {
            // The former one is not disposed of: the sockets below are shared.
            var handler = new Handler(this) { InnerHandler = new TraceHandler { InnerHandler = ApiTransport.GetSockets(roots, IsLoopback) } };
            _client = new HttpClient(handler, disposeHandler: false) { MaxResponseContentBufferSize = 1024 * 1024 };
            _roots = roots;
        }

        return _client;
    }

    private bool IsLoopback => Call is { Connection.Session: AstroSession { Domain.IsLoopback: true } };

    private async Task InspectAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
            return;
        await response.Content.LoadIntoBufferAsync().ConfigureAwait(false);
        var (idToken, refreshToken) = Read(await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
        if (CheckIdToken is { } check)
            await check(idToken).ConfigureAwait(false);
        RefreshToken = refreshToken ?? RefreshToken;
    }

    // What cannot be read the library refuses itself.
    private static (string? IdToken, string? RefreshToken) Read(byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.ValueKind == JsonValueKind.Object ? (Text("id_token"), Text("refresh_token")) : default;

            string? Text(string name) =>
                answer.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private sealed class Handler : DelegatingHandler
    {
        private readonly LoginHttp _owner;

        internal Handler(LoginHttp owner) => _owner = owner;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = _owner.Call!;
            request.Headers.Clear();
            request.Headers.Accept.ParseAdd("application/json");
            request.SetItem(ApiTransport.CallKey, call);
            request.SetItem(ApiTransport.TriesKey, 1);
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.CancellationToken);
            time.CancelAfter(TimeSpan.FromSeconds(call.Connection.TimeoutSec));
            var asked = new ApiRequest(request.Method, request.RequestUri!);
            try
            {
                var response = await base.SendAsync(request, time.Token).ConfigureAwait(false);
                if (request.Method == HttpMethod.Post)
                    await _owner.InspectAsync(response).ConfigureAwait(false);
                return response;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !call.CancellationToken.IsCancellationRequested)
            {
                throw NetworkFailure.Timeout(asked, call.Connection.TimeoutSec);
            }
            catch (Exception e) when (NetworkFailure.IsBroken(e))
            {
                throw NetworkFailure.From(e, asked);
            }
        }
    }
}
