using AstroAuth.Engine.Rotation;
using AstroAuth.Engine.Tests.Engine;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>A test of rotations against the shared emulator; each machine is an engine with a host of its own.</summary>
public abstract class RotationTest(EmulatorFixture fixture) : EngineTest(fixture)
{
    protected string Name { get; } = "rotated " + Guid.NewGuid().ToString("N")[..12];
    internal MemoryVault Vault { get; } = new();

    /// <summary>A token whose value is in the vault, as a user would have it.</summary>
    protected async Task<(string Id, string Value)> Make(string description = "mine", int? days = 90, string scope = "WORKSPACE", string? role = null)
    {
        var body = new Dictionary<string, object> { ["name"] = Name, ["description"] = description, ["scope"] = scope, ["role"] = role ?? scope switch { "WORKSPACE" => "WORKSPACE_AUTHOR", "DEPLOYMENT" => "DEPLOYMENT_ADMIN", _ => "ORGANIZATION_MEMBER" } };
        if (scope != "ORGANIZATION")
            body["entityId"] = scope == "WORKSPACE" ? DataPlatform : SalesEtl;
        if (days is { } period)
            body["tokenExpiryPeriodInDays"] = period;
        var made = await Client.Post(Tokens, body, Owner);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Vault["s"] = made.Value("token");
        await Client.Delete("/_emulator/requests");
        return (made.Value("id"), made.Value("token"));
    }

    /// <summary>A successor that a run of another machine has left, and perhaps had put into the vault.</summary>
    protected async Task<(string Id, string Value)> Leave(string of, string description = "mine", string secret = "s", string host = "elsewhere")
    {
        var claim = new Claim { Verb = Claim.Successor, Of = of, Run = "run0", Host = host, Process = "1.2.3", In = Claim.Hash(secret) };
        var made = await Client.Post(Tokens, new
        {
            name = Name, description = $"{description} {claim.ToMarker()}", scope = "WORKSPACE", role = "WORKSPACE_AUTHOR", entityId = DataPlatform, tokenExpiryPeriodInDays = 90,
        }, Owner);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        return (made.Value("id"), made.Value("token"));
    }

    /// <summary>An engine that passes for a machine of that name.</summary>
    internal AstroEngine Machine(string host, TimeSpan? lease = null) => new(Clock, new Runner(lease, host));

    protected async Task<AstroTokenRotation> Rotate(string id, AstroRotationRequest? request = null, AstroEngine? engine = null, AstroCall? call = null, string? secret = "s") =>
        Assert.Single(await RotateAll(request ?? new AstroRotationRequest(), engine, call, secret, id), r => r.OldId == id || r.NewId == id);

    protected async Task<List<AstroTokenRotation>> RotateAll(AstroRotationRequest request, AstroEngine? engine, AstroCall? call, string? secret, params string[] ids)
    {
        engine ??= Engine;
        call ??= OwnerCall();
        var run = await engine.PlanRotationAsync(call, request with { Ids = ids });
        foreach (var candidate in run.Candidates.Where(c => c.NeedsSecret))
            (candidate.Vault, candidate.SecretName) = secret is null ? (null, null) : ("V", secret);
        var results = new List<AstroTokenRotation>();
        await run.RunAsync(call, Vault, (result, failure) =>
        {
            Assert.Equal(failure?.ErrorId, result.ErrorId);
            lock (results)
                results.Add(result);
            return Task.CompletedTask;
        });
        return results;
    }

    protected async Task<JsonElement?> Find(string id)
    {
        var found = await Client.Get($"{Tokens}/{id}", Owner);
        return found.Status == HttpStatusCode.OK ? found.Json : null;
    }

    protected Task<Reply> Edit(string id, string description, string? name = null) => Client.Post($"{Tokens}/{id}", new { name = name ?? Name, description }, Owner);

    protected static string DescriptionOf(JsonElement token) => token.GetProperty("description").GetString()!;

    /// <summary>What always holds at the end: the vault's value works, and one token of the purpose is left, without a note.</summary>
    protected async Task<JsonElement> AssertWhole(string description = "mine", string secret = "s")
    {
        Assert.Equal("True", await Authenticates(Vault[secret]!));
        var left = Assert.Single(await Named(Name));
        Assert.Equal(description, DescriptionOf(left));
        Assert.Equal(left.GetProperty("id").GetString(), Jwt.Payload(Vault[secret]!).GetProperty("apiTokenId").GetString());
        return left;
    }

    protected Task Advance(TimeSpan by) => Client.Advance(by);

    protected static Func<string, Task> At(string call, Func<Task> act)
    {
        var isDone = false;
        return async c =>
        {
            if (c != call || isDone)
                return;
            isDone = true;
            await act();
        };
    }
}
