using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A new value counts as kept when the vault gives back what opens Astro; otherwise all is as before.</summary>
public sealed class TokenIssuerTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private readonly string _name = "issued " + Guid.NewGuid().ToString("N");
    private readonly FakeVault _vault = new();

    [Fact]
    public async Task value_is_written_read_back_and_proven()
    {
        var issued = await Issue();
        Assert.Equal(["write secret", "read secret"], _vault.Calls);
        Assert.Equal(("vault", "secret"), (issued.Vault, issued.SecretName));
        Assert.Equal(SecureStrings.Reveal(issued.Token), _vault.Secrets["secret"]);
        var proof = (await Requests()).Single(r => r.Path == "/v1/organizations");
        Assert.Equal("Bearer WORKSPACE API token", proof.Headers["Authorization"]);
    }

    [Fact]
    public async Task secret_says_which_token_it_is_and_when_it_ends()
    {
        var issued = await Issue();
        Assert.Equal(
            (issued.Id, _name, Emulator.OrganizationId),
            (_vault.Metadata!["AstroTokenId"], _vault.Metadata["AstroTokenName"], _vault.Metadata["AstroOrganizationId"]));
        Assert.Equal(issued.ExpiresOn!.Value.UtcDateTime, _vault.Metadata["Expires"]);
        Assert.All(_vault.Metadata.Values, v => Assert.True(v is string or int or DateTime { Kind: DateTimeKind.Utc }));
    }

    [Fact]
    public async Task description_is_set_only_after_the_proof()
    {
        await Issue();
        Assert.Equal(["POST tokens", "GET organizations", "POST item"], (await Requests()).Select(Shape));
    }

    [Fact]
    public async Task vault_that_fails_takes_the_token_with_it()
    {
        _vault.WriteFailure = FakeVault.Failure;
        var failure = await Fails<AstroException>("NewTokenNotStored", () => Issue());
        Assert.Equal(AstroErrorCategory.WriteError, failure.Category);
        Assert.Contains("sealed", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await Named(_name));
        Assert.Equal(["write secret"], _vault.Calls);
    }

    [Fact]
    public async Task vault_that_fails_in_its_own_way_takes_the_token_with_it()
    {
        _vault.WriteFailure = new InvalidOperationException("nobody foresaw this");
        await Assert.ThrowsAnyAsync<Exception>(() => Issue());
        Assert.Empty(await Named(_name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task value_that_does_not_authenticate_is_taken_back_and_the_token_deleted(bool existed)
    {
        if (existed)
            _vault.Secrets["secret"] = "what was there";
        _vault.Spoiled = (await Client.Mint(new { scope = "WORKSPACE", expiresInSeconds = 3600 })).Value[..^4] + "AAAA";
        var failure = await Fails<AstroException>("NewTokenNotProven", () => Issue());
        Assert.Equal(AstroErrorCategory.AuthenticationError, failure.Category);
        Assert.Equal(existed ? "what was there" : null, _vault.Secrets.GetValueOrDefault("secret"));
        Assert.Empty(await Named(_name));
    }

    [Theory]
    [InlineData("no token at all")]
    [InlineData("")]
    [InlineData("text")]
    public async Task value_that_is_no_token_is_not_proven_and_not_repeated(string spoiled)
    {
        _vault.Spoiled = spoiled;
        await Fails<AstroException>("NewTokenNotProven", () => Issue());
        Assert.Empty(await Named(_name));
    }

    [Fact]
    public async Task token_is_proven_where_the_clock_is_late()
    {
        Clock.Advance(TimeSpan.FromSeconds(-30));
        Assert.NotNull(await Issue());
    }

    [Fact]
    public async Task token_stays_when_the_vault_keeps_its_value_because_the_former_one_cannot_be_put_back()
    {
        _vault.Spoiled = "spoiled";
        _vault.RestoreFailure = FakeVault.Failure;
        var failure = await Fails<AstroTokenNotStoredException>("NewTokenLeftInVault", () => Issue());
        Assert.Equal("True", await Authenticates(SecureStrings.Reveal(failure.Issued.Token)));
        Assert.Single(await Named(_name));
    }

    [Fact]
    public async Task token_that_cannot_be_deleted_either_comes_with_the_error()
    {
        _vault.WriteFailure = FakeVault.Failure;
        await Fault(new { method = "DELETE", status = 500, count = 0 });
        var failure = await Fails<AstroTokenNotStoredException>("NewTokenNotStoredNorRemoved", () => Issue());
        var value = SecureStrings.Reveal(failure.Issued.Token);
        Assert.Equal("True", await Authenticates(value));
        Assert.Equal(Assert.Single(await Named(_name)).GetProperty("id").GetString(), failure.Issued.Id);
        Assert.Same(failure.Issued, failure.Target);
        Assert.DoesNotContain(value, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task deletion_whose_reply_is_lost_is_a_deletion()
    {
        _vault.WriteFailure = FakeVault.Failure;
        await Fault(new { method = "DELETE", cut = "after" });
        await Fails<AstroException>("NewTokenNotStored", () => Issue());
        Assert.Empty(await Named(_name));
    }

    [Fact]
    public async Task cancellation_between_write_and_proof_leaves_all_as_before()
    {
        using var stop = new CancellationTokenSource();
        _vault.Secrets["secret"] = "what was there";
        _vault.OnWritten = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Issue(OwnerCall(cancellationToken: stop.Token)));
        Assert.Equal("what was there", _vault.Secrets["secret"]);
        Assert.Empty(await Named(_name));
    }

    [Fact]
    public async Task value_is_in_nothing_that_is_told()
    {
        var issued = await Issue();
        var value = SecureStrings.Reveal(issued.Token);
        Assert.DoesNotContain(value, Sink.All + issued, StringComparison.Ordinal);
    }

    private static string Shape(SeenRequest request) =>
        request.Method + (request.Path.EndsWith("/tokens", StringComparison.Ordinal) ? " tokens"
            : request.Path == "/v1/organizations" ? " organizations" : " item");

    private Task<AstroIssuedApiToken> Issue(AstroCall? call = null) => Engine.CreateApiTokenAsync(
        call ?? OwnerCall(),
        new ApiTokenCreation
        {
            Name = _name, Role = "WORKSPACE_MEMBER", Workspace = DataPlatform, Description = "wanted", ExpiresInDays = 90, Vault = "vault", SecretName = "secret",
        },
        _vault);
}
