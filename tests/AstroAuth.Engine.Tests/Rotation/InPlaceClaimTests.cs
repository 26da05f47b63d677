using AstroAuth.Engine.Rotation;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>The note that a token is being rotated: who heeds it, who takes it away, and what is left to others.</summary>
public sealed class InPlaceClaimTests(EmulatorFixture fixture) : RotationTest(fixture)
{
    private static readonly AstroRotationRequest s_inPlace = new() { Strategy = AstroRotationStrategy.InPlace };

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
}
