using System;
using System.Diagnostics;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;
using AstroAuth.Engine.Authentication;
using AstroAuth.Engine.Authentication.UserLogin;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Diagnostics;

/// <summary>Finds out how a domain is reached, and by how much the two clocks differ, with one open request.</summary>
internal sealed class EndpointExamination
{
    private readonly TimeProvider _clock;
    private readonly AstroDiagnosticEndpoint _found;

    internal EndpointExamination(string domain, TimeProvider clock)
    {
        _clock = clock;
        _found = new AstroDiagnosticEndpoint { Domain = domain };
    }

    internal async Task<AstroDiagnosticEndpoint> RunAsync(int timeoutSec, IAstroSink sink, CancellationToken cancellationToken)
    {
        try
        {
            var domain = AstroDomain.Parse(_found.Domain);
            _found.Domain = domain.Name;
            _found.ApiAddress = domain.Root.AbsoluteUri;
            _found.Proxy = domain.IsLoopback ? null : SystemProxy.Find(domain.Root);
            if (timeoutSec > 0)
                await AskAsync(domain, timeoutSec, sink, cancellationToken);
        }
        catch (AstroException e)
        {
            _found.ErrorId = e.ErrorId;
            _found.Message = e.Message;
        }

        return _found;
    }

    private async Task AskAsync(AstroDomain domain, int timeoutSec, IAstroSink sink, CancellationToken cancellationToken)
    {
        using var session = new AstroSession(domain, NoCredential.Instance, _clock);
        var connection = new AstroConnection("diagnostic", session, AstroCredentialSource.Parameter, "no credential") { TimeoutSec = timeoutSec };
        var call = new AstroCall(connection, sink, cancellationToken);
        _found.IsReachable = false;
        var watch = Stopwatch.StartNew();
        var reply = await session.Transport.SendAsync(new ApiRequest(HttpMethod.Get, LoginService.ConfigAddress(domain)) { IsAnonymous = true }, call);
        _found.IsReachable = true;
        _found.StatusCode = reply.StatusCode;
        _found.LatencyMs = (int)watch.ElapsedMilliseconds;
        // A time of whole seconds is half a second old on average.
        if (reply.Headers?.Date is { } date)
            _found.ClockSkewSec = (int)Math.Round((_clock.GetUtcNow() - date - (reply.Headers.Age ?? TimeSpan.Zero)).TotalSeconds - 0.5);

        if (!reply.IsSuccess)
            throw ApiFailure.From(reply, call, session);
    }
}
