using AstroAuth.Engine.Rotation;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>Two machines at the same token, a machine that has died, and old tokens that wait for their end.</summary>
public sealed class SeveralRunsTests(EmulatorFixture fixture) : RotationTest(fixture)
{
    [Theory]
    [InlineData(AstroRotationStrategy.Overlap, AstroRotationStrategy.Overlap)]
    [InlineData(AstroRotationStrategy.InPlace, AstroRotationStrategy.InPlace)]
    [InlineData(AstroRotationStrategy.Overlap, AstroRotationStrategy.InPlace)]
    public async Task machines_at_the_same_time_leave_one_token_and_a_value_that_works(AstroRotationStrategy first, AstroRotationStrategy second)
    {
        for (var round = 0; round < 6; round++)
        {
            var (id, value) = await Make();
            var one = new AstroRotationRequest { Strategy = first };
            var two = new AstroRotationRequest { Strategy = second };
            var results = await Task.WhenAll(
                Task.Run(() => RotateAll(one, Machine("one"), null, "s", id)),
                Task.Run(() => RotateAll(two, Machine("two"), null, "s", id)),
                Task.Run(() => RotateAll(one, Machine("three"), null, "s", id)));
            var all = results.SelectMany(r => r).ToList();
            Assert.DoesNotContain(all, r => r.Status == AstroRotationStatus.Failed && r.ErrorId != "RotationTokenNotFound");
            if (first == second)
                Assert.Contains(all, r => r.Status == AstroRotationStatus.Rotated);
            var left = await AssertWhole();
            if (all.Exists(r => r.Status == AstroRotationStatus.Rotated))
                Assert.NotEqual(value, Vault["s"]);
            await Client.Delete($"{Tokens}/{left.GetProperty("id").GetString()}", Owner);
        }
    }

    [Fact]
    public async Task machine_that_made_its_successor_before_another_was_done_and_looks_after_it_steps_back()
    {
        // One has looked at its vault, two rotates up to the vault's write, one makes its successor and is held before it
        // looks for others; two comes to its end and leaves no note. The lists before: of one, of two, and of two again.
        var (id, _) = await Make();
        await Fault(new { method = "GET", path = "/tokens$", skip = 3, hold = "before" });
        var (two, written) = (Task.FromResult(new List<AstroTokenRotation>()), new TaskCompletionSource());
        Vault.After = async call =>
        {
            if (call == "look V/s" && Vault.Calls.Count == 1)
            {
                two = Task.Run(() => RotateAll(new AstroRotationRequest(), Machine("two"), null, "s", id));
                await written.Task;
            }
            else if (call == "write V/s" && written.TrySetResult())
            {
                while ((await Client.Get("/_emulator/faults")).Json[0].GetProperty("held").GetInt32() == 0)
                    await Task.Yield();
            }
        };
        var one = Task.Run(() => RotateAll(new AstroRotationRequest(), Machine("one"), null, "s", id));
        await written.Task;
        Assert.Equal(AstroRotationStatus.Rotated, Assert.Single(await two).Status);
        await Client.Delete("/_emulator/faults");
        Assert.Equal(AstroRotationStatus.Skipped, Assert.Single(await one).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task successor_of_a_machine_that_may_be_at_work_is_not_touched()
    {
        var (id, value) = await Make();
        var (successor, _) = await Leave(id);
        var result = await Rotate(id);
        Assert.Equal(AstroRotationStatus.Skipped, result.Status);
        Assert.StartsWith("another run on another machine is at it since", result.Reason, StringComparison.Ordinal);
        Assert.NotNull(await Find(successor));
        Assert.Equal(value, Vault["s"]);
        Assert.Single(await Requests(), r => r.Method != "GET");
    }

    [Fact]
    public async Task younger_run_steps_back_before_the_elder_that_it_meets()
    {
        var (id, value) = await Make();
        var rival = "";
        Vault.After = At("look V/s", async () => rival = (await Leave(id)).Id);
        var result = await Rotate(id);
        Assert.Equal((AstroRotationStatus.Skipped, "another run is rotating it"), (result.Status, result.Reason));
        Assert.Equal(new[] { id, rival }.Order(), (await Named(Name)).Select(t => t.GetProperty("id").GetString()).Order());
        Assert.Equal(value, Vault["s"]);
    }

    [Fact]
    public async Task claim_counts_for_a_lease_by_astros_clock_and_not_by_this_machines()
    {
        var (id, _) = await Make();
        await Leave(id);
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(AstroRotationStatus.Skipped, (await Rotate(id)).Status);
        Clock.Advance(TimeSpan.FromDays(-2));
        await Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id)).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task dead_successor_that_is_in_no_vault_is_removed()
    {
        var (id, _) = await Make();
        var (_, lost) = await Leave(id);
        await Advance(TimeSpan.FromMinutes(16));
        Assert.NotNull((await Rotate(id)).NewId);
        await AssertWhole();
        Assert.Equal("False", await Authenticates(lost));
    }

    [Fact]
    public async Task dead_successor_that_is_in_the_vault_is_completed()
    {
        var (id, _) = await Make("old text");
        var (successor, kept) = await Leave(id, "old text");
        Vault["s"] = kept;
        await Advance(TimeSpan.FromMinutes(16));
        var result = await Rotate(id);
        Assert.Equal((AstroRotationStatus.Rotated, successor), (result.Status, result.NewId));
        Assert.Equal(kept, Vault["s"]);
        await AssertWhole("old text");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task successor_whose_old_token_is_gone_loses_its_note_by_either_id(bool bySuccessor)
    {
        var (id, _) = await Make();
        var (successor, kept) = await Leave(id);
        Vault["s"] = kept;
        await Client.Delete($"{Tokens}/{id}", Owner);
        await Advance(TimeSpan.FromMinutes(16));
        var result = await Rotate(bySuccessor ? successor : id);
        Assert.Equal((AstroRotationStatus.Rotated, id, successor), (result.Status, result.OldId, result.NewId));
        await AssertWhole();
    }

    [Fact]
    public async Task successor_whose_value_is_nowhere_is_rotated_when_the_old_token_is_gone()
    {
        var (id, _) = await Make();
        var (successor, lost) = await Leave(id);
        await Client.Delete($"{Tokens}/{id}", Owner);
        await Advance(TimeSpan.FromMinutes(16));
        var recovered = await Rotate(id, new AstroRotationRequest { Recover = true });
        Assert.NotEqual(successor, recovered.NewId);
        await AssertWhole();
        Assert.Equal("False", await Authenticates(lost));
    }

    [Fact]
    public async Task nothing_is_touched_where_the_vault_cannot_tell()
    {
        var (id, _) = await Make();
        var (successor, _) = await Leave(id);
        await Advance(TimeSpan.FromMinutes(16));
        Vault.Before = _ => throw MemoryVault.Broken();
        Assert.Equal("RotationUnfinished", (await Rotate(id)).ErrorId);
        Assert.Equal("RotationVaultNeeded", (await Rotate(id, new AstroRotationRequest { Recover = true }, secret: null)).ErrorId);
        Assert.NotNull(await Find(successor));
        Assert.NotNull(await Find(id));
    }

    [Fact]
    public async Task successor_for_another_secret_is_given_up_only_by_force()
    {
        var (id, _) = await Make();
        var (successor, kept) = await Leave(id, secret: "other");
        Vault["other"] = kept;
        await Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("RotationOtherSecret", (await Rotate(id)).ErrorId);
        Assert.Equal("True", await Authenticates(kept));
        Assert.NotNull(await Find(successor));
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, new AstroRotationRequest { Force = true })).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task recovery_undoes_or_completes_and_begins_nothing()
    {
        var (id, value) = await Make();
        await Leave(id);
        await Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(AstroRotationStatus.RolledBack, (await Rotate(id, new AstroRotationRequest { Recover = true })).Status);
        await AssertWhole();
        Assert.Equal(value, Vault["s"]);
        Assert.Equal(AstroRotationStatus.Skipped, (await Rotate(id, new AstroRotationRequest { Recover = true })).Status);
    }

    [Fact]
    public async Task run_that_takes_too_long_gives_up_by_itself()
    {
        var (id, value) = await Make();
        await Client.Post("/_emulator/settings", new { advanceSecondsPerRequest = 240 });
        var result = await Rotate(id);
        Assert.Equal(AstroRotationStatus.RolledBack, result.Status);
        Assert.Contains("longer than a run may", result.Reason, StringComparison.Ordinal);
        await AssertWhole();
        Assert.Equal(value, Vault["s"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task write_that_takes_too_long_leaves_the_vault_with_a_value_that_works(bool another)
    {
        var (id, _) = await Make();
        Vault.Before = At("write V/s", async () =>
        {
            await Advance(TimeSpan.FromMinutes(16));
            if (another)
                Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, engine: Machine("other"))).Status);
        });
        var result = await Rotate(id, engine: Machine("slow"));
        Assert.Equal(another ? AstroRotationStatus.RolledBack : AstroRotationStatus.Failed, result.Status);
        Assert.Equal("True", await Authenticates(Vault["s"]!));
        if (!another)
            Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id)).Status);
        await AssertWhole();
    }

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

    [Fact]
    public async Task leavings_are_settled_although_nothing_is_due()
    {
        var (id, _) = await Make();
        await Leave(id);
        await Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(AstroRotationStatus.Skipped, (await Rotate(id, new AstroRotationRequest { OlderThan = TimeSpan.FromDays(5) })).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task many_are_rotated_at_the_same_time()
    {
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add((await Make()).Id);
            Vault[ids[i]] = Vault["s"];
        }

        var call = OwnerCall();
        var run = await Engine.PlanRotationAsync(call, new AstroRotationRequest { Ids = ids, ThrottleLimit = 8 });
        foreach (var candidate in run.Candidates)
            (candidate.Vault, candidate.SecretName) = ("V", candidate.Id);
        var results = new System.Collections.Concurrent.ConcurrentQueue<AstroTokenRotation>();
        await run.RunAsync(call, Vault, (result, _) =>
        {
            results.Enqueue(result);
            return Task.CompletedTask;
        });
        Assert.Equal(12, results.Count(r => r.Status == AstroRotationStatus.Rotated));
        foreach (var id in ids)
            Assert.Equal("True", await Authenticates(Vault[id]!));
        Assert.Equal(12, (await Named(Name)).Count);
    }
}
