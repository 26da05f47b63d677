using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>What a machine left that has died is completed or undone, and nothing is touched where that cannot be told.</summary>
public sealed class RecoveryTests(EmulatorFixture fixture) : RotationTest(fixture)
{
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
    public async Task leavings_are_settled_although_nothing_is_due()
    {
        var (id, _) = await Make();
        await Leave(id);
        await Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(AstroRotationStatus.Skipped, (await Rotate(id, new AstroRotationRequest { OlderThan = TimeSpan.FromDays(5) })).Status);
        await AssertWhole();
    }
}
