using AstroAuth.Engine.Rotation;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>A token for direct access is tried at the Airflow of its deployment, and where that sleeps nothing is guessed.</summary>
public sealed class DirectAccessTests(EmulatorFixture fixture) : RotationTest(fixture)
{
    private static readonly AstroRotationRequest s_inPlace = new() { Strategy = AstroRotationStrategy.InPlace };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Client.Post("/_emulator/settings", new { refuseDirectAccess = true });
        await Sleep(false);
    }

    public override async Task DisposeAsync()
    {
        await Sleep(false);
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(AstroRotationStrategy.Overlap)]
    [InlineData(AstroRotationStrategy.InPlace)]
    public async Task value_is_proven_at_the_airflow_of_its_deployment(AstroRotationStrategy strategy)
    {
        var (id, value) = await MakeDirect();
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(value));
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, new AstroRotationRequest { Strategy = strategy })).Status);
        Assert.Equal("DIRECT_ACCESS", (await AssertWhole()).GetProperty("kind").GetString());
        Assert.Equal("False", await Authenticates(value));
        Assert.Empty(Sink.Warnings);
        var proof = Assert.Single(await Requests(), r => r.Path.StartsWith("/airflow/", StringComparison.Ordinal));
        Assert.Equal((200, "Bearer DEPLOYMENT API token"), (proof.Status, proof.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(403, AstroRotationStatus.Rotated)]
    [InlineData(401, AstroRotationStatus.RolledBack)]
    public async Task refusal_counts_and_a_missing_right_does_not(int status, AstroRotationStatus expected)
    {
        var (id, value) = await MakeDirect();
        await Fault(new { path = "^/airflow/", status, count = 0 });
        Assert.Equal(expected, (await Rotate(id)).Status);
        await AssertWhole();
        Assert.Equal(expected == AstroRotationStatus.RolledBack, Vault["s"] == value);
        // To be let in without a right is a proof; only who could not be asked is worth a warning.
        Assert.DoesNotContain(Sink.Warnings, w => w.Contains("could not be tried", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AstroRotationStrategy.Overlap)]
    [InlineData(AstroRotationStrategy.InPlace)]
    public async Task deployment_that_sleeps_does_not_hold_a_rotation_up(AstroRotationStrategy strategy)
    {
        var (id, value) = await MakeDirect();
        await Sleep(true);
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, new AstroRotationRequest { Strategy = strategy })).Status);
        Assert.Equal("False", await Authenticates(value));
        await AssertWhole();
        if (strategy == AstroRotationStrategy.Overlap)
            Assert.Contains("could not be tried", Assert.Single(Sink.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task dead_run_in_place_is_settled_once_airflow_can_tell_which_value_the_vault_holds()
    {
        // Killed between Astro's answer and the vault: it holds a value of this token, the former one.
        var (id, _) = await MakeDirect();
        var token = await TokensOf(OwnerCall()).GetAsync(id);
        var claim = new Claim { Verb = Claim.Rotating, Run = "run0", Host = "elsewhere", Process = "1.2.3", At = DateTimeOffset.UtcNow.AddMinutes(-16), Was = Claim.StampOf(token), In = Claim.Hash("s") };
        await Edit(id, $"mine {claim.ToMarker()}");
        Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{Tokens}/{id}/rotate", null, Owner)).Status);
        await Sleep(true);
        var result = await Rotate(id, s_inPlace);
        Assert.Equal((AstroRotationStatus.Failed, "RotationNotProvable"), (result.Status, result.ErrorId));
        Assert.Contains(claim.ToMarker().ToString(), DescriptionOf((await Find(id))!.Value), StringComparison.Ordinal);

        await Sleep(false);
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace)).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task successor_in_the_vault_counts_while_its_deployment_sleeps_because_it_has_had_no_other_value()
    {
        var (id, _) = await MakeDirect();
        var (successor, kept) = await LeaveDirect(id);
        Vault["s"] = kept;
        await Advance(TimeSpan.FromMinutes(16));
        await Sleep(true);
        var result = await Rotate(id);
        Assert.Equal((AstroRotationStatus.Rotated, successor), (result.Status, result.NewId));
        await AssertWhole();
    }

    private async Task<(string Id, string Value)> MakeDirect()
    {
        var (id, value) = await CreateDirect("mine");
        Vault["s"] = value;
        return (id, value);
    }

    private Task<(string Id, string Value)> LeaveDirect(string of) =>
        CreateDirect($"mine {new Claim { Verb = Claim.Successor, Of = of, Run = "run0", Host = "elsewhere", Process = "1.2.3", In = Claim.Hash("s") }.ToMarker()}");

    private async Task<(string Id, string Value)> CreateDirect(string description)
    {
        var made = await Client.Post(Tokens, new
        {
            name = Name, description, scope = "DEPLOYMENT", role = "DEPLOYMENT_ADMIN", entityId = SalesEtl, kind = "DIRECT_ACCESS", tokenExpiryPeriodInDays = 90,
        }, Owner);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        await Client.Delete("/_emulator/requests");
        return (made.Value("id"), made.Value("token"));
    }

    private async Task Sleep(bool sleeps)
    {
        object body = sleeps ? new { status = "HIBERNATING" } : new { };
        Assert.True((int)(await Client.Post($"/_emulator/deployments/{SalesEtl}/status", body)).Status < 300);
    }
}
