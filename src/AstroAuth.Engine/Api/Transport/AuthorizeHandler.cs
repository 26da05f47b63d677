using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>Puts the bearer on what goes to the session's own host, or to the Airflow that a request is for, and nowhere else.</summary>
internal sealed class AuthorizeHandler : DelegatingHandler
{
    private readonly AstroSession _session;

    internal AuthorizeHandler(AstroSession session) => _session = session;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.GetItem<ApiRequest>(ApiTransport.RequestKey)!;
        var root = asked.BearerRoot ?? _session.Domain.Root;
        if (asked.IsAnonymous
            || Uri.Compare(request.RequestUri!, root, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var call = request.GetItem<AstroCall>(ApiTransport.CallKey)!;
        var linked = new AstroCall(call.Connection, call.Sink, cancellationToken);
        var bearer = await _session.Credential.GetAsync(_session, TimeSpan.Zero, linked);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer.Value);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            _session.Credential.Refused(bearer);
        return response;
    }
}
