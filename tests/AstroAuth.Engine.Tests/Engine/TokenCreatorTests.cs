using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>However the answer gets lost, no token stays behind whose value nobody has.</summary>
public sealed class TokenCreatorTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private const string CreatePath = "/tokens$";
    private const string ItemPath = "/tokens/[^/]+$";
    private readonly string _name = "created " + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task description_takes_the_place_of_the_marker()
    {
        var issued = await Create();
        Assert.Equal(["POST", "POST"], (await Requests()).Select(r => r.Method));
        var kept = Assert.Single(await Named(_name));
        Assert.Equal(("wanted", "wanted"), (kept.GetProperty("description").GetString(), issued.Description));
        Assert.Equal("True", await Authenticates(SecureStrings.Reveal(issued.Token)));
        Assert.Equal((issued.Id, 90, null), (kept.GetProperty("id").GetString(), issued.ExpiryPeriodInDays, issued.Vault));
    }

    [Fact]
    public async Task token_without_description_and_without_end_is_made_so()
    {
        var issued = await Create(creation: Wanted with { Description = "", ExpiresInDays = null });
        Assert.Equal(("", null), (Assert.Single(await Named(_name)).GetProperty("description").GetString(), issued.ExpiresOn));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task lost_reply_leaves_exactly_the_token_whose_value_is_known(string cut)
    {
        await Fault(new { method = "POST", path = CreatePath, cut });
        await OneGoodToken(await Create());
    }

    [Fact]
    public async Task half_a_reply_counts_as_lost()
    {
        await Fault(new { method = "POST", path = CreatePath, truncate = true });
        await OneGoodToken(await Create());
    }

    [Fact]
    public async Task replies_that_are_always_lost_end_with_nothing_left()
    {
        await Fault(new { method = "POST", path = CreatePath, cut = "after", count = 0 });
        await Fails<AstroNetworkException>("CreateReplyLost", () => Create());
        Assert.Empty(await Named(_name));
        Assert.Equal(3, Sink.Tries.Count(t => t.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task requests_that_are_always_lost_name_the_marker_to_look_for()
    {
        await Fault(new { method = "POST", path = CreatePath, cut = "before", count = 0 });
        var failure = await Fails<AstroNetworkException>("CreateOutcomeUnknown", () => Create());
        Assert.Matches(@"\[astroauth:creating [0-9a-f]{32}\]", failure.Message);
        Assert.Empty(await Named(_name));
    }

    [Fact]
    public async Task timeout_looks_for_the_token_once_and_does_not_try_again()
    {
        await Fault(new { method = "POST", path = CreatePath, delayMs = 600_000, count = 0 });
        var failure = await Fails<AstroNetworkException>("CreateOutcomeUnknown", () => Create(OwnerCall(timeoutSec: 1)));
        Assert.Equal(AstroErrorCategory.OperationTimeout, failure.Category);
        Assert.Equal(["POST", "GET"], Sink.Tries.Select(t => t.Split(' ')[0]));
    }

    [Theory]
    [InlineData(500, "ServerError")]
    [InlineData(503, "ServerError")]
    [InlineData(403, "Forbidden")]
    [InlineData(400, "InvalidRequest")]
    public async Task refusal_is_final(int status, string errorId)
    {
        await Fault(new { method = "POST", path = CreatePath, status, count = 0 });
        await Fails<AstroApiException>(errorId, () => Create());
        Assert.Single(Sink.Tries, t => t.StartsWith("POST", StringComparison.Ordinal));
        Assert.Empty(await Named(_name));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    public async Task good_status_without_a_value_is_no_success(string body)
    {
        await Fault(new { method = "POST", path = CreatePath, status = 200, body });
        Assert.Equal("InvalidResponse", (await Assert.ThrowsAnyAsync<AstroException>(() => Create())).ErrorId);
    }

    [Fact]
    public async Task token_that_cannot_be_removed_is_reported_by_its_id()
    {
        await Fault(new { method = "POST", path = CreatePath, cut = "after" });
        await Fault(new { method = "DELETE", status = 403, count = 0 });
        var failure = await Fails<AstroNetworkException>("CreateOrphaned", () => Create());
        Assert.Contains(Assert.Single(await Named(_name)).GetProperty("id").GetString()!, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task token_that_cannot_be_looked_for_is_reported_by_its_marker()
    {
        await Fault(new { method = "POST", path = CreatePath, cut = "after" });
        await Fault(new { method = "GET", path = CreatePath, status = 500, count = 0 });
        var failure = await Fails<AstroNetworkException>("CreateOrphaned", () => Create());
        Assert.Contains(Assert.Single(await NamedWithoutFaults()).GetProperty("description").GetString()!, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task removal_whose_reply_is_lost_is_a_removal()
    {
        await Fault(new { method = "POST", path = CreatePath, cut = "after" });
        await Fault(new { method = "DELETE", cut = "after" });
        await OneGoodToken(await Create());
    }

    [Fact]
    public async Task description_that_cannot_be_set_is_a_warning_and_the_token_works()
    {
        await Fault(new { method = "POST", path = ItemPath, status = 400, count = 0 });
        var issued = await Create();
        Assert.Contains("description could not be set", Assert.Single(Sink.Warnings), StringComparison.Ordinal);
        Assert.Equal("True", await Authenticates(SecureStrings.Reveal(issued.Token)));
    }

    [Fact]
    public async Task cancellation_under_way_leaves_nothing()
    {
        await Fault(new { method = "POST", path = CreatePath, cut = "after" });
        using var stop = new CancellationTokenSource();
        Sink.OnText = text =>
        {
            if (text.Contains(" failed after ", StringComparison.Ordinal))
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<Exception>(() => Create(OwnerCall(cancellationToken: stop.Token)));
        Assert.Empty(await Named(_name));
    }

    [Fact]
    public async Task cancellation_before_the_value_is_handed_over_leaves_nothing()
    {
        using var stop = CancelAtTheDescription();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Create(OwnerCall(cancellationToken: stop.Token)));
        Assert.Empty(await Named(_name));
    }

    [Fact]
    public async Task cancellation_after_the_vault_has_the_value_keeps_the_token()
    {
        using var stop = CancelAtTheDescription();
        var vault = new FakeVault();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Create(OwnerCall(cancellationToken: stop.Token), Wanted with { Vault = "v", SecretName = "s" }, vault));
        Assert.Single(await Named(_name));
        Assert.Equal("True", await Authenticates(vault.Secrets["s"]));
    }

    private ApiTokenCreation Wanted => new()
    {
        Name = _name, Role = "WORKSPACE_MEMBER", Workspace = DataPlatform, Description = "wanted", ExpiresInDays = 90,
    };

    private Task<AstroIssuedApiToken> Create(AstroCall? call = null, ApiTokenCreation? creation = null, FakeVault? vault = null) =>
        Engine.CreateApiTokenAsync(call ?? OwnerCall(), creation ?? Wanted, vault ?? new FakeVault());

    private async Task OneGoodToken(AstroIssuedApiToken issued)
    {
        Assert.Equal(issued.Id, Assert.Single(await Named(_name)).GetProperty("id").GetString());
        Assert.Equal("True", await Authenticates(SecureStrings.Reveal(issued.Token)));
    }

    // The fault that keeps the engine from looking keeps the test from it, too.
    private async Task<IReadOnlyList<JsonElement>> NamedWithoutFaults()
    {
        await Client.Delete("/_emulator/faults");
        return await Named(_name);
    }

    private CancellationTokenSource CancelAtTheDescription()
    {
        var stop = new CancellationTokenSource();
        Sink.OnText = text =>
        {
            if (System.Text.RegularExpressions.Regex.IsMatch(text, @"^POST \S+/tokens/\S+ sent \["))
                stop.Cancel();
        };
        return stop;
    }
}
