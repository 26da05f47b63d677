using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>A vault, an answer or a run that fails on the way: the next run or this one brings it to a good end.</summary>
public sealed class OverlapFailureTests(EmulatorFixture fixture) : RotationTest(fixture)
{
    [Fact]
    public async Task vault_that_cannot_be_read_keeps_everything_as_it_is()
    {
        var (id, value) = await Make();
        Vault.Before = _ => throw MemoryVault.Broken();
        var result = await Rotate(id);
        Assert.Equal((AstroRotationStatus.RolledBack, "RotationRolledBack"), (result.Status, result.ErrorId));
        Assert.All(await Requests(), r => Assert.Equal("GET", r.Method));
        Assert.Equal(value, Vault["s"]);
    }

    [Fact]
    public async Task vault_that_does_not_take_the_value_takes_the_successor_with_it()
    {
        var (id, value) = await Make();
        Vault.Before = At("write V/s", () => throw MemoryVault.Broken(isUntouched: true));
        Assert.Equal(AstroRotationStatus.RolledBack, (await Rotate(id)).Status);
        await AssertWhole();
        Assert.Equal(value, Vault["s"]);
    }

    [Fact]
    public async Task vault_that_fails_and_keeps_the_value_keeps_the_successor_alive_and_the_next_run_completes()
    {
        var (id, _) = await Make();
        Vault.After = At("write V/s", () => throw MemoryVault.Broken());
        var result = await Rotate(id);
        Assert.Equal((AstroRotationStatus.Failed, "RotationUnfinished"), (result.Status, result.ErrorId));
        Assert.Equal("True", await Authenticates(Vault["s"]!));
        Assert.Equal(2, (await Named(Name)).Count);
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id)).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task vault_of_which_nothing_is_known_after_a_failure_keeps_both_alive()
    {
        var (id, _) = await Make();
        var isBroken = false;
        Vault.Before = _ => isBroken ? throw MemoryVault.Broken() : Task.CompletedTask;
        Vault.After = At("write V/s", () =>
        {
            isBroken = true;
            throw MemoryVault.Broken();
        });
        Assert.Equal("RotationUnfinished", (await Rotate(id)).ErrorId);
        Assert.Equal("True", await Authenticates(Vault["s"]!));
        Assert.Equal("RotationUnfinished", (await Rotate(id)).ErrorId);
        isBroken = false;
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id)).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task old_token_that_cannot_be_removed_is_left_to_the_next_run()
    {
        var (id, _) = await Make();
        await Fault(new { method = "DELETE", path = id, status = 403, count = 1 });
        var result = await Rotate(id);
        Assert.Equal((AstroRotationStatus.Failed, "RotationUnfinished"), (result.Status, result.ErrorId));
        Assert.Equal("True", await Authenticates(Vault["s"]!));
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id)).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task successor_that_cannot_be_removed_is_told_and_removed_by_the_next_run()
    {
        var (id, _) = await Make();
        Vault.Before = At("write V/s", () => throw MemoryVault.Broken(isUntouched: true));
        await Fault(new { method = "DELETE", status = 403, count = 1 });
        Assert.Equal("RotationNotUndone", (await Rotate(id)).ErrorId);
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id)).Status);
        await AssertWhole();
    }

    [Theory]
    [InlineData("POST", "/tokens$")]
    [InlineData("DELETE", "/tokens/")]
    [InlineData("GET", "/tokens/")]
    public async Task lost_answer_changes_nothing(string method, string path)
    {
        var (id, _) = await Make();
        await Fault(new { method, path, cut = "after" });
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id)).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task successor_that_astro_does_not_let_in_is_removed()
    {
        var (id, value) = await Make();
        await Fault(new { path = "/organizations$", status = 401 });
        Assert.Equal(AstroRotationStatus.RolledBack, (await Rotate(id)).Status);
        await AssertWhole();
        Assert.Equal(value, Vault["s"]);
    }

    [Fact]
    public async Task stop_before_the_write_takes_all_back_and_after_it_sees_it_through()
    {
        var (id, value) = await Make();
        using var early = new CancellationTokenSource();
        Sink.OnText = text =>
        {
            if (text.Contains("/v1/organizations 200 ", StringComparison.Ordinal))
                early.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rotate(id, call: OwnerCall(cancellationToken: early.Token)));
        Sink.OnText = null;
        Assert.True(early.IsCancellationRequested);
        await AssertWhole();
        Assert.Equal(value, Vault["s"]);

        using var late = new CancellationTokenSource();
        Vault.Before = At("write V/s", late.CancelAsync);
        await Rotate(id, call: OwnerCall(cancellationToken: late.Token));
        await AssertWhole();
        Assert.NotEqual(value, Vault["s"]);
    }
}
