using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>Two machines at the same token, and one that takes too long.</summary>
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
