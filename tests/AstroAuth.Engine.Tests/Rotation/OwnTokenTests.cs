using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>A connection that rotates the token by which it is let in.</summary>
public sealed class OwnTokenTests(EmulatorFixture fixture) : RotationTest(fixture)
{
    private static readonly AstroRotationRequest s_inPlace = new() { Strategy = AstroRotationStrategy.InPlace };

    [Theory]
    [InlineData(AstroRotationStrategy.InPlace)]
    [InlineData(AstroRotationStrategy.Overlap)]
    public async Task connection_goes_on_with_the_new_value_of_its_own_token(AstroRotationStrategy strategy)
    {
        var (id, value) = await Make(role: "WORKSPACE_OWNER");
        var other = await Client.Post(Tokens, new { name = "other", description = "", scope = "WORKSPACE", role = "WORKSPACE_MEMBER", entityId = DataPlatform }, Owner);
        Vault["other"] = other.Value("token");
        var connection = Open(value);
        var call = Call(connection);
        var run = await Engine.PlanRotationAsync(call, new AstroRotationRequest { Strategy = strategy, Ids = [id, other.Value("id")] });
        foreach (var candidate in run.Candidates)
            (candidate.Vault, candidate.SecretName) = ("V", candidate.Id == id ? "s" : "other");
        var results = new List<AstroTokenRotation>();
        await run.RunAsync(call, Vault, (result, _) =>
        {
            results.Add(result);
            return Task.CompletedTask;
        });
        Assert.Equal([AstroRotationStatus.Rotated, AstroRotationStatus.Rotated], results.Select(r => r.Status));
        Assert.Equal(id, results[1].OldId);
        await AssertWhole();
        Assert.Equal(results[1].NewId, connection.TokenId);
        Assert.NotEmpty(await Send(call, "GET", "organizations"));
        Assert.Equal("True", await Authenticates(Vault["other"]!));
    }

    [Fact]
    public async Task own_token_from_the_environment_needs_force_or_grace()
    {
        var (id, value) = await Make(role: "WORKSPACE_OWNER");
        AstroCall FromEnvironment(string token) => Call(Engine.Open(new AstroConnectionRequest
        {
            Name = "test", Domain = Emulator.Domain, Kind = AstroCredentialKind.ApiToken, Secret = SecureStrings.Conceal(token),
            Source = AstroCredentialSource.Environment, SourceDetail = "ASTRO_API_TOKEN", TimeoutSec = 60,
        }));
        Assert.Equal("RotationOwnToken", (await Rotate(id, call: FromEnvironment(value))).ErrorId);
        Assert.Equal("RotationOwnToken", (await Rotate(id, s_inPlace, call: FromEnvironment(value))).ErrorId);
        Assert.Equal(value, Vault["s"]);
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace with { Force = true }, call: FromEnvironment(value))).Status);
        Assert.Contains(Sink.Warnings, w => w.Contains("ASTRO_API_TOKEN", StringComparison.Ordinal));
        await AssertWhole();
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) }, call: FromEnvironment(Vault["s"]!))).Status);
    }
}
