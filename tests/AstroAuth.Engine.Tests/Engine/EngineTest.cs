using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tests.Emulator;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A request as the emulator saw it.</summary>
public sealed record SeenRequest(string Method, string Path, string Query, int? Status, IReadOnlyDictionary<string, string?> Headers, DateTimeOffset StartedAt)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>A test of the engine against the shared emulator, with a clock of its own.</summary>
public abstract class EngineTest : EmulatorTest
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    protected EngineTest(EmulatorFixture fixture)
        : base(fixture) => Engine = new AstroEngine(Clock);

    protected AstroEngine Engine { get; }
    protected string Root => $"organizations/{Emulator.OrganizationId}/tokens";
    protected string KeyId => Emulator.State.GetProperty("legacyKey").GetProperty("id").GetString()!;
    protected string KeySecret => Emulator.State.GetProperty("legacyKey").GetProperty("secret").GetString()!;
    internal TestClock Clock { get; } = new();
    internal RecordingSink Sink { get; } = new();

    protected AstroConnection Open(string token, AstroCredentialKind kind = AstroCredentialKind.ApiToken, string? domain = null, int timeoutSec = 60) =>
        Engine.Open(new AstroConnectionRequest
        {
            Name = "test", Domain = domain ?? Emulator.Domain, Kind = kind, Secret = SecureStrings.Conceal(token),
            KeyId = kind == AstroCredentialKind.DeploymentKey ? KeyId : null,
            Source = AstroCredentialSource.Parameter, SourceDetail = "-Secret", TimeoutSec = timeoutSec,
        });

    protected AstroConnection OpenKey(string? secret = null) => Open(secret ?? KeySecret, AstroCredentialKind.DeploymentKey);

    protected AstroCall Call(AstroConnection connection, CancellationToken cancellationToken = default) => new(connection, Sink, cancellationToken);

    protected AstroCall OwnerCall(int timeoutSec = 60, CancellationToken cancellationToken = default) =>
        Call(Open(Owner, timeoutSec: timeoutSec), cancellationToken);

    protected Task<List<object?>> Send(string method, string path, object? body = null) => Send(OwnerCall(), method, path, body);

    protected async Task<List<object?>> Send(AstroCall call, string method, string path, object? body = null, bool all = false)
    {
        var results = new List<object?>();
        await Engine.SendAsync(call, new AstroRequest { Method = method, Path = path, Body = body, All = all }, items =>
        {
            results.AddRange(items);
            return Task.CompletedTask;
        });
        return results;
    }

    internal ApiTokens TokensOf(AstroCall call) => new(new ApiClient(call), Emulator.OrganizationId);

    protected async Task Fault(object fault) => Assert.Equal(HttpStatusCode.OK, (await Client.Post("/_emulator/faults", fault)).Status);

    /// <summary>Answers that the emulator would never give.</summary>
    protected Task Answer(string path, string body, int status = 200, int count = 0) => Fault(new
    {
        path, body, status, count, headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
    });

    /// <summary>What the emulator saw; it writes a request down when it has ended, so that a cut one may come a little later.</summary>
    protected async Task<IReadOnlyList<SeenRequest>> Requests(int atLeast = 0)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var seen = (await Client.Get("/_emulator/requests")).Json.Deserialize<List<SeenRequest>>(s_options)!;
            if (seen.Count >= atLeast || patience.IsCancellationRequested)
                return seen;
        }
    }

    protected async Task<string> Authenticates(string value) => (await Client.Get("/_emulator/authenticates", value))["authenticates"].ToString();

    /// <summary>The tokens of that name in Astro, asked without the engine.</summary>
    protected async Task<IReadOnlyList<JsonElement>> Named(string name) =>
        [.. (await Client.Get($"{Tokens}?limit=1000", Owner))["tokens"].EnumerateArray().Where(t => t.GetProperty("name").GetString() == name)];

    internal static async Task<T> Fails<T>(string errorId, Func<Task> action)
        where T : AstroException
    {
        var failure = await Assert.ThrowsAsync<T>(action);
        Assert.Equal(errorId, failure.ErrorId);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        return failure;
    }
}
