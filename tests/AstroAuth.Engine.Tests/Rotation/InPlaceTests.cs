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
    public async Task value_that_others_made_stale_while_it_was_written_is_replaced()
    {
        var (id, _) = await Make();
        Vault.After = At("write V/s", async () => Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{Tokens}/{id}/rotate", null, Owner)).Status));
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, s_inPlace)).Status);
        await AssertWhole();
    }
}
