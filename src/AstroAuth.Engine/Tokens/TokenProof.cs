using System.Net.Http;
using System.Security;
using System.Threading.Tasks;
using AstroAuth.Engine.Airflow;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication;
using AstroAuth.Engine.Deployments;

namespace AstroAuth.Engine.Tokens;

/// <summary>What came of trying a value.</summary>
/// <param name="IsLetIn">Null: nobody could be asked, which says nothing about the value.</param>
/// <param name="Why">Why it was not let in, or why nobody could be asked.</param>
internal sealed record Proof(bool? IsLetIn, AstroException? Why)
{
    internal static Proof LetIn { get; } = new(true, null);

    internal static Proof Refused(AstroException why) => new(false, why);

    internal static Proof NotAsked(AstroException why) => new(null, why);

    /// <summary>Goes on where nobody could be asked, with a warning.</summary>
    /// <exception cref="AstroException">It was not let in.</exception>
    internal void Accept(string tokenName, IAstroSink sink)
    {
        if (IsLetIn == false)
            throw Why!;
        if (IsLetIn is null)
            sink.Warning($"The value of token '{tokenName}', which is for direct access to Airflow, could not be tried there: {Why!.Message} It is as Astro gave it.");
    }
}

/// <summary>Tries a value where tokens of its kind are let in, with a session of its own.</summary>
internal sealed class TokenProof
{
    private readonly ApiClient _api;

    internal TokenProof(ApiClient api) => _api = api;

    /// <summary>Tries the value at Astro's API.</summary>
    /// <exception cref="AstroException">The value is no token, Astro does not let it in, or cannot be asked.</exception>
    internal async Task ProveAsync(SecureString value, AstroCredentialSource source, string where)
    {
        using var session = Open(value, where);
        await new Organizations(Client(session, source, where)).ListAsync();
    }

    /// <summary>The same, where a refusal is an answer.</summary>
    /// <exception cref="AstroException">Astro cannot be asked.</exception>
    internal async Task<Proof> AskAsync(SecureString value, AstroCredentialSource source, string where)
    {
        try
        {
            await ProveAsync(value, source, where);
            return Proof.LetIn;
        }
        catch (AstroException e) when (e is AstroCredentialException or AstroApiException { StatusCode: 401 })
        {
            return Proof.Refused(e);
        }
    }

    /// <summary>
    /// Tries the value of a DIRECT_ACCESS token at the Airflow of its deployment, which checks it without Astro's API (wire
    /// contract 2.8). What it may do there is its own matter, so that 403 lets it in too.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="deploymentId">The token's deployment.</param>
    /// <param name="source">Where the value is from.</param>
    /// <param name="where">The same in words.</param>
    /// <exception cref="AstroException">Astro cannot be asked where that Airflow is.</exception>
    internal async Task<Proof> AskAirflowAsync(SecureString value, string organizationId, string deploymentId, AstroCredentialSource source, string where)
    {
        AstroSession opened;
        try
        {
            opened = Open(value, where);
        }
        catch (AstroCredentialException e)
        {
            return Proof.Refused(e);
        }

        using var session = opened;
        AstroDeployment deployment;
        try
        {
            deployment = (await new Api.Deployments(_api, organizationId).GetAsync(deploymentId)).ToModel(organizationId);
        }
        catch (AstroApiException e) when (e.StatusCode is 403 or 404)
        {
            return Proof.NotAsked(e);
        }

        try
        {
            var site = await AirflowSite.OpenAsync(Client(session, source, where), deployment);
            var reply = await site.TryAsync(site.Request(HttpMethod.Get, "dags?limit=1"));
            return reply.IsSuccess || reply.StatusCode == 403 ? Proof.LetIn
                : reply.StatusCode == 401 ? Proof.Refused(AirflowFailure.From(reply, site))
                : Proof.NotAsked(AirflowFailure.From(reply, site));
        }
        catch (AstroException e)
        {
            // It sleeps, is being made, or cannot be reached from here.
            return Proof.NotAsked(e);
        }
    }

    // By the server's clock: a value made a moment ago is not from the future because this machine is late.
    private AstroSession Open(SecureString value, string where)
    {
        var domain = _api.Session.Domain;
        var clock = _api.Session.ServerClock;
        var text = CredentialText.Clean(SecureStrings.Reveal(value), "API token", where);
        return new AstroSession(domain, FixedCredential.ApiToken(text, where, domain, clock), clock);
    }

    private ApiClient Client(AstroSession session, AstroCredentialSource source, string where)
    {
        var own = _api.Call.Connection;
        return new ApiClient(_api.Call.As(new AstroConnection(own.Name, session, source, where) { TimeoutSec = own.TimeoutSec }));
    }
}
