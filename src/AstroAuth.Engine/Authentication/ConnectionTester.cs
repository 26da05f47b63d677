using System.Diagnostics;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication;

/// <summary>Finds out whether a connection works, and for whom.</summary>
internal sealed class ConnectionTester
{
    private readonly AstroCall _call;
    private readonly AstroSession _session;

    internal ConnectionTester(AstroCall call)
    {
        _call = call;
        _session = (AstroSession)call.Connection.Session;
    }

    internal async Task<AstroConnectionTest> TestAsync()
    {
        var connection = _call.Connection;
        var test = new AstroConnectionTest
        {
            Connection = connection.Name,
            Kind = connection.Kind,
            Source = connection.Source,
            Domain = connection.Domain,
            Organization = connection.Organization,
        };
        var watch = Stopwatch.StartNew();
        try
        {
            var api = new ApiClient(_call);
            var organizations = await new Organizations(api).ListAsync();
            test.LatencyMs = (int)watch.ElapsedMilliseconds;
            test.Success = test.Reachable = true;
            test.Organization = organizations.Find(o => o.Id == connection.Organization?.Id)?.ToPlace()
                ?? connection.Organization
                ?? (organizations.Count == 1 ? organizations[0].ToPlace() : null);
            test.Who = await FindWhoAsync(api, test.Organization);
        }
        catch (AstroException e)
        {
            test.ErrorId = e.ErrorId;
            test.Message = e.Message;
            test.Reachable = e is AstroApiException;
        }

        Describe(test);
        return test;
    }

    private void Describe(AstroConnectionTest test)
    {
        var info = _session.Credential.Info;
        test.Scope = _session.Credential.Scope;
        test.ExpiresOn = _call.Connection.ExpiresOn;
        test.DaysLeft = test.ExpiresOn is { } end ? Days.Left(end, _session.Clock.GetUtcNow()) : null;
        test.Who ??= info?.TokenId ?? info?.Subject;
    }

    // A narrow token may not read its own entry: then its id has to do.
    private async Task<string?> FindWhoAsync(ApiClient api, AstroPlace? organization)
    {
        try
        {
            if (_session.Credential.Kind is AstroCredentialKind.AccessToken or AstroCredentialKind.User)
                return (await new Users(api).GetSelfAsync()).Username;
            if (_session.Credential.Info?.TokenId is { } tokenId && organization is not null)
                return (await new ApiTokens(api, organization.Id).GetAsync(tokenId)).Name;
        }
        catch (AstroApiException e)
        {
            _call.Sink.Verbose($"Astro does not say who this credential is: {e.Message}");
        }

        return null;
    }
}
