using AstroAuth.Engine.Rotation;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>Astro's own rotation: the value is dead when the new one is born, and still none is lost.</summary>
public sealed class InPlaceTests(EmulatorFixture fixture) : RotationTest(fixture)
{
    private static readonly AstroRotationRequest s_inPlace = new() { Strategy = AstroRotationStrategy.InPlace };

    [Fact]
    public async Task token_keeps_its_id_and_gets_a_value_that_the_vault_holds()
    {
        var (id, value) = await Make("mine, with [brackets]");
        var result = await Rotate(id, s_inPlace);
        Assert.Equal((AstroRotationStatus.Rotated, id), (result.Status, result.NewId));
        Assert.Equal("False", await Authenticates(value));
        Assert.Equal(id, (await AssertWhole("mine, with [brackets]")).GetProperty("id").GetString());
        Assert.Equal(["look V/s", "look V/s", "prove V/s", "write V/s", "look V/s"], Vault.Calls);
    }

    [Theory]
    [InlineData("after")]
    [InlineData("before")]
    public async Task lost_answer_is_answered_by_another_rotation(string cut)
    {
        var (id, _) = await Make();
        await Fault(new { method = "POST", path = "/rotate$", cut });
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace)).Status);
        await AssertWhole();
    }

    [Theory]
    [InlineData(403, AstroRotationStatus.RolledBack)]
    [InlineData(500, AstroRotationStatus.RolledBack)]
    public async Task rotation_that_did_not_happen_leaves_all_as_it_was(int status, AstroRotationStatus expected)
    {
        var (id, value) = await Make();
        await Fault(new { method = "POST", path = "/rotate$", status, count = 0 });
        Assert.Equal(expected, (await Rotate(id, s_inPlace)).Status);
        await AssertWhole();
        Assert.Equal(value, Vault["s"]);
    }

    [Fact]
    public async Task rotation_whose_outcome_nobody_knows_is_made_good_by_the_next_run()
    {
        var (id, _) = await Make();
        await Fault(new { method = "POST", path = "/rotate$", cut = "after", count = 0 });
        Assert.Equal("RotationOutcomeUnknown", (await Rotate(id, s_inPlace)).ErrorId);
        await Client.Delete("/_emulator/faults");
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace with { OlderThan = TimeSpan.FromDays(9) })).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task vault_that_cannot_be_written_is_found_out_before()
    {
        var (id, value) = await Make();
        Vault.Before = At("prove V/s", () => throw MemoryVault.Broken());
        Assert.Equal(AstroRotationStatus.RolledBack, (await Rotate(id, s_inPlace)).Status);
        await AssertWhole();
        Assert.Equal(value, Vault["s"]);
        Assert.Contains("withdraw V/s", Vault.Calls);
    }

    [Fact]
    public async Task vault_that_fails_for_a_moment_is_tried_again()
    {
        var (id, _) = await Make();
        Vault.Before = At("write V/s", () => throw MemoryVault.Broken());
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace)).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task other_vault_takes_the_value_that_its_own_does_not()
    {
        var (id, _) = await Make();
        Vault.Before = call => call == "write V/s" ? throw MemoryVault.Broken() : Task.CompletedTask;
        var result = await Rotate(id, s_inPlace with { FallbackVault = "F" });
        Assert.Equal((AstroRotationStatus.Rotated, "F"), (result.Status, result.Vault));
        Assert.Equal("True", await Authenticates(Vault["s", "F"]!));
        Assert.Single(Sink.Warnings);
        Assert.Equal("mine", DescriptionOf((await Find(id))!.Value));
    }

    [Fact]
    public async Task value_that_no_vault_takes_goes_to_the_caller_and_the_next_run_makes_it_good()
    {
        var (id, _) = await Make();
        Vault.Before = call => call.StartsWith("write", StringComparison.Ordinal) ? throw MemoryVault.Broken() : Task.CompletedTask;
        var result = await Rotate(id, s_inPlace with { FallbackVault = "F" });
        Assert.Equal((AstroRotationStatus.Failed, "RotationValueNotStored"), (result.Status, result.ErrorId));
        var value = SecureStrings.Reveal(result.Token!);
        Assert.Equal("True", await Authenticates(value));
        Assert.DoesNotContain(value, result.Reason + result, StringComparison.Ordinal);

        // Whoever puts the value in by hand has it kept; nobody did, so it is replaced, whatever the schedule says.
        Vault.Before = null;
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace with { OlderThan = TimeSpan.FromDays(9) })).Status);
        await AssertWhole();
        Assert.Equal("False", await Authenticates(value));
    }

    [Fact]
    public async Task value_put_in_by_hand_is_kept_by_the_next_run()
    {
        var (id, _) = await Make();
        Vault.Before = call => call.StartsWith("write", StringComparison.Ordinal) ? throw MemoryVault.Broken() : Task.CompletedTask;
        var value = SecureStrings.Reveal((await Rotate(id, s_inPlace)).Token!);
        Vault.Before = null;
        Vault["s"] = value;
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, new AstroRotationRequest { Recover = true })).Status);
        Assert.Equal(value, Vault["s"]);
        await AssertWhole();
    }

    [Fact]
    public async Task vault_that_only_cannot_be_read_back_keeps_the_new_value_and_not_the_dead_one()
    {
        var (id, _) = await Make();
        Vault.CannotReadBack = true;
        var result = await Rotate(id, s_inPlace);
        Assert.Equal("RotationValueNotStored", result.ErrorId);
        Assert.Equal(SecureStrings.Reveal(result.Token!), Vault["s"]);
        Assert.Equal("True", await Authenticates(Vault["s"]!));

        // So that the next run has nothing to rotate.
        Vault.CannotReadBack = false;
        await Client.Delete("/_emulator/requests");
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace)).Status);
        Assert.DoesNotContain(await Requests(), r => r.Path.EndsWith("/rotate", StringComparison.Ordinal));
        await AssertWhole();
    }

    [Fact]
    public async Task description_without_room_is_refused_and_told()
    {
        var (id, value) = await Make(new string('x', 450));
        var result = await Rotate(id, s_inPlace);
        Assert.Equal(AstroRotationStatus.RolledBack, result.Status);
        Assert.Contains("Shorten it to 3", result.Reason, StringComparison.Ordinal);
        Assert.Equal(value, Vault["s"]);
        await AssertWhole(new string('x', 450));
    }

    [Fact]
    public async Task value_that_others_made_stale_while_it_was_written_is_replaced()
    {
        var (id, _) = await Make();
        Vault.After = At("write V/s", async () => Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{Tokens}/{id}/rotate", null, Owner)).Status));
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace)).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task value_that_is_not_the_newest_is_left_to_the_run_that_holds_it()
    {
        var (id, _) = await Make();
        var inner = AstroRotationStatus.Failed;
        // Another machine that did not see the first one's note in time.
        Vault.After = At("prove V/s", async () =>
        {
            await Edit(id, "mine");
            inner = (await Rotate(id, s_inPlace, Machine("other"))).Status;
        });
        var outer = await Rotate(id, s_inPlace, Machine("first"));
        Assert.Equal(AstroRotationStatus.Rotated, inner);
        Assert.Contains(outer.Status, new[] { AstroRotationStatus.Rotated, AstroRotationStatus.Skipped });
        await AssertWhole();
    }

    [Theory]
    [InlineData(true, AstroRotationStatus.Skipped)]
    [InlineData(false, AstroRotationStatus.Rotated)]
    public async Task note_of_another_machine_counts_for_a_lease(bool isLive, AstroRotationStatus expected)
    {
        var (id, _) = await Make();
        var claim = new Claim { Verb = Claim.Rotating, Run = "run0", Host = "elsewhere", Process = "1.2.3", At = DateTimeOffset.UtcNow.AddMinutes(isLive ? -1 : -16), Was = "00000000" };
        await Edit(id, $"before {claim.ToMarker()} and after");
        Vault["s"] = "lost";
        Assert.Equal(expected, (await Rotate(id, s_inPlace)).Status);
        if (!isLive)
            await AssertWhole("before and after");
    }

    [Theory]
    [InlineData(AstroRotationStrategy.InPlace)]
    [InlineData(AstroRotationStrategy.Overlap)]
    public async Task note_left_by_a_run_that_had_changed_nothing_is_taken_away(AstroRotationStrategy strategy)
    {
        var (id, value) = await Make();
        var token = (await TokensOf(OwnerCall()).GetAsync(id))!;
        var claim = new Claim { Verb = Claim.Rotating, Run = "run0", Host = "elsewhere", Process = "1.2.3", At = DateTimeOffset.UtcNow.AddMinutes(-16), Was = Claim.StampOf(token) };
        await Edit(id, $"mine {claim.ToMarker()}");
        var result = await Rotate(id, new AstroRotationRequest { Strategy = strategy, OlderThan = TimeSpan.FromDays(5) });
        Assert.Equal(AstroRotationStatus.Skipped, result.Status);
        Assert.Equal(value, Vault["s"]);
        await AssertWhole();
    }

    [Fact]
    public async Task successor_under_way_elsewhere_keeps_this_strategy_away()
    {
        var (id, value) = await Make();
        Vault.After = At("look V/s", async () => await Leave(id));
        Assert.Equal(AstroRotationStatus.Skipped, (await Rotate(id, s_inPlace)).Status);
        Assert.Equal(value, Vault["s"]);

        // Both notes are settled by whoever comes when the other run is dead.
        await Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(AstroRotationStatus.Skipped, (await Rotate(id, new AstroRotationRequest { OlderThan = TimeSpan.FromDays(5) })).Status);
        await AssertWhole();
    }

    [Theory]
    [InlineData(AstroRotationStrategy.InPlace, true)]
    [InlineData(AstroRotationStrategy.InPlace, false)]
    [InlineData(AstroRotationStrategy.Overlap, false)]
    public async Task token_that_was_replaced_is_not_rotated_although_its_note_was_written_over(AstroRotationStrategy strategy, bool whileItRuns)
    {
        var (id, _) = await Make();
        var first = new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) };
        AstroTokenRotation? other = null;
        async Task Replace()
        {
            other = await Rotate(id, first, Machine("other"));
            await Edit(id, "mine");
        }

        if (whileItRuns)
            Vault.After = At("look V/s", Replace);
        else
            await Replace();
        var result = await Rotate(id, new AstroRotationRequest { Strategy = strategy });
        Assert.Equal((AstroRotationStatus.Rotated, other!.NewId), (result.Status, result.NewId));
        Assert.Equal(id, result.OldId);
        await AssertWhole();
    }

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
