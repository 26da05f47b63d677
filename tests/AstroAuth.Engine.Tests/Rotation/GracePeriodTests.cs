using AstroAuth.Engine.Rotation;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>Old tokens that wait for their end, and tokens that need no rotation yet.</summary>
public sealed class GracePeriodTests(EmulatorFixture fixture) : RotationTest(fixture)
{
    [Fact]
    public async Task old_token_lives_through_its_grace_period_and_any_machine_removes_it()
    {
        var (id, value) = await Make();
        var result = await Rotate(id, new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) });
        Assert.InRange(result.OldTokenRetiresOn!.Value, DateTimeOffset.UtcNow.AddMinutes(58), DateTimeOffset.UtcNow.AddMinutes(62));
        Assert.Equal("True", await Authenticates(value));
        var waiting = Assert.Single(await Engine.ListRotationsAsync(OwnerCall()), r => r.OldId == id);
        Assert.Equal((AstroRotationStatus.Retiring, result.NewId, result.OldTokenRetiresOn), (waiting.Status, waiting.NewId, waiting.OldTokenRetiresOn));
        Assert.Equal("mine", DescriptionOf((await Find(result.NewId!))!.Value));

        var again = await RotateAll(new AstroRotationRequest { OlderThan = TimeSpan.FromDays(1) }, null, null, "s", id, result.NewId!);
        Assert.All(again, r => Assert.Equal(AstroRotationStatus.Skipped, r.Status));
        await Advance(TimeSpan.FromMinutes(61));
        await RotateAll(new AstroRotationRequest { OlderThan = TimeSpan.FromDays(1) }, Machine("other"), null, "s", result.NewId!);
        await AssertWhole();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(61)]
    public async Task successor_that_a_dead_run_left_noted_is_finished_with_its_old_token_in_its_grace_period(int minutes)
    {
        var (id, _) = await Make();
        var result = await Rotate(id, new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) });
        await Edit(result.NewId!, $"mine {new Claim { Verb = Claim.Successor, Of = id, Run = "run0", Host = "elsewhere", Process = "1.2.3", In = Claim.Hash("s") }.ToMarker()}");
        await Advance(TimeSpan.FromMinutes(16 + minutes));
        var results = await RotateAll(new AstroRotationRequest { OlderThan = TimeSpan.FromDays(5) }, null, null, "s", id, result.NewId!);
        Assert.Equal([AstroRotationStatus.Rotated, AstroRotationStatus.Skipped], results.OrderBy(r => r.Status).Select(r => r.Status));
        Assert.Equal(minutes > 60, results.Single(r => r.Status == AstroRotationStatus.Rotated).OldTokenRetiresOn is null);
        Assert.Equal("mine", DescriptionOf((await Find(result.NewId!))!.Value));
        if (minutes > 60)
            await AssertWhole();
    }

    [Fact]
    public async Task old_token_stays_when_its_successor_has_been_removed()
    {
        var (id, value) = await Make();
        var result = await Rotate(id, new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) });
        await Client.Delete($"{Tokens}/{result.NewId}", Owner);
        await Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(AstroRotationStatus.Skipped, (await Rotate(id)).Status);
        Assert.Contains(Sink.Warnings, w => w.Contains(id, StringComparison.Ordinal));
        Vault["s"] = value;
        await AssertWhole();
    }

    [Fact]
    public async Task old_token_goes_also_when_its_successor_was_rotated_meanwhile()
    {
        var (id, value) = await Make();
        var first = await Rotate(id, new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) });
        var second = await Rotate(first.NewId!);
        Assert.Contains($"by={second.NewId}", DescriptionOf((await Find(id))!.Value), StringComparison.Ordinal);
        await Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(AstroRotationStatus.Retired, (await Rotate(id)).Status);
        Assert.Equal("False", await Authenticates(value));
        await AssertWhole();
    }

    [Fact]
    public async Task successor_whose_own_successor_cannot_be_noted_stays_until_it_can()
    {
        var (id, value) = await Make();
        var first = await Rotate(id, new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) });
        await Fault(new { method = "POST", path = $"/tokens/{id}$", status = 500, count = 0 });
        var second = await Rotate(first.NewId!);
        await Client.Delete("/_emulator/faults");
        Assert.Equal((AstroRotationStatus.Failed, "RotationUnfinished"), (second.Status, second.ErrorId));
        Assert.NotNull(await Find(first.NewId!));

        await Advance(TimeSpan.FromMinutes(61));
        await RotateAll(new AstroRotationRequest { OlderThan = TimeSpan.FromDays(5) }, Machine("other"), null, "s", id, first.NewId!);
        Assert.Equal("False", await Authenticates(value));
        await AssertWhole();
    }

    [Fact]
    public async Task old_token_goes_also_when_its_successor_is_rotated_while_it_is_looked_for()
    {
        var (id, value) = await Make();
        var first = await Rotate(id, new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) });
        await Advance(TimeSpan.FromMinutes(61));
        await Fault(new { method = "GET", path = $"/tokens/{first.NewId}$", hold = "before" });
        var retiring = Task.Run(() => Rotate(id, engine: Machine("slow")));
        while ((await Client.Get("/_emulator/faults")).Json[0].GetProperty("held").GetInt32() == 0)
            await Task.Yield();
        var (next, kept) = await Leave(first.NewId!);
        await Edit(next, "mine");
        await Edit(id, $"mine {new Claim { Verb = Claim.Retire, At = DateTimeOffset.UtcNow, By = next }.ToMarker()}");
        await Client.Delete($"{Tokens}/{first.NewId}", Owner);
        Vault["s"] = kept;
        await Client.Delete("/_emulator/faults");
        Assert.Equal((AstroRotationStatus.Retired, next), ((await retiring).Status, (await retiring).NewId));
        Assert.Equal("False", await Authenticates(value));
        await AssertWhole();
    }

    [Fact]
    public async Task note_that_a_user_took_away_ends_the_retirement()
    {
        var (id, value) = await Make();
        var result = await Rotate(id, new AstroRotationRequest { GracePeriod = TimeSpan.FromHours(1) });
        await Edit(id, "I still need it");
        await Advance(TimeSpan.FromMinutes(61));
        await RotateAll(new AstroRotationRequest { OlderThan = TimeSpan.FromDays(1) }, null, null, "s", result.NewId!);
        Assert.Equal("True", await Authenticates(value));
    }

    [Fact]
    public async Task schedule_leaves_alone_what_needs_nothing()
    {
        var (id, _) = await Make(days: 10);
        async Task<AstroRotationStatus> With(AstroRotationRequest request) => (await Rotate(id, request)).Status;
        Assert.Equal(AstroRotationStatus.Skipped, await With(new AstroRotationRequest { OlderThan = TimeSpan.FromDays(5) }));
        Assert.Equal(AstroRotationStatus.Skipped, await With(new AstroRotationRequest { ExpiringWithin = TimeSpan.FromDays(3) }));
        Assert.Equal(AstroRotationStatus.Skipped, await With(new AstroRotationRequest { OlderThan = TimeSpan.FromDays(5), ExpiringWithin = TimeSpan.FromDays(3) }));
        Assert.Empty(Vault.Calls);
        Assert.Equal(AstroRotationStatus.Rotated, await With(new AstroRotationRequest { OlderThan = TimeSpan.FromDays(5), ExpiringWithin = TimeSpan.FromDays(11) }));
        await AssertWhole();
    }
}
