using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A legacy key gives way to one token, however often and however broken off the conversion is run.</summary>
public sealed class KeyConverterTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private readonly string _name = "converted " + Guid.NewGuid().ToString("N")[..12];
    private readonly FakeVault _vault = new();

    private string Description => $"Takes the place of the Deployment API key {KeyId}";

    [Fact]
    public async Task key_tells_its_deployment_and_another_connection_makes_the_token()
    {
        var plan = await Plan();
        Assert.Equal((SalesEtl, "sales-etl", "DAG Deployer"), (plan.Token.Entity!.Id, plan.Token.Entity.Name, plan.Token.Role));
        Assert.Equal("owner", plan.Creator.Name);
        Assert.Empty(plan.Unfinished);
        var done = await Engine.ConvertKeyAsync(Call(OpenKey()), plan, _vault);
        Assert.Equal((KeyId, _name, "vault", "secret"), (done.KeyId, done.TokenName, done.Vault, done.SecretName));
        var made = Assert.Single(await Named(_name));
        Assert.Equal((done.TokenId, Description), (made.GetProperty("id").GetString(), made.GetProperty("description").GetString()));
        Assert.Equal("True", await Authenticates(_vault.Secrets["secret"]));
        Assert.DoesNotContain(KeySecret, Sink.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task second_run_makes_no_second_token_unless_forced()
    {
        await Engine.ConvertKeyAsync(Call(OpenKey()), await Plan(), _vault);
        var failure = await Fails<AstroException>("KeyTokenExists", () => Plan());
        Assert.Equal(AstroErrorCategory.ResourceExists, failure.Category);
        Assert.Single(await Named(_name));
        await Engine.ConvertKeyAsync(Call(OpenKey()), await Plan(force: true), _vault);
        Assert.Equal(2, (await Named(_name)).Count);
    }

    [Fact]
    public async Task token_of_that_name_that_is_for_something_else_is_left_alone()
    {
        await Make("nobody's key");
        Assert.Empty((await Plan()).Unfinished);
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(16, true)]
    public async Task unfinished_token_is_left_to_its_run_for_a_while_by_astros_clock(int minutes, bool isDead)
    {
        var left = await Make("[astroauth:creating 0123]");
        await Client.Advance(TimeSpan.FromMinutes(minutes));
        if (isDead)
            Assert.Equal(left.Value("id"), Assert.Single((await Plan()).Unfinished));
        else
            Assert.Contains("may still be at", (await Fails<AstroException>("KeyTokenExists", () => Plan())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "DAG Deployer", true)]
    [InlineData(true, "DEPLOYMENT_ADMIN", false)]
    [InlineData(false, "DAG Deployer", false)]
    public async Task what_a_dead_run_left_is_finished_when_the_vault_holds_it_and_replaced_otherwise(bool isKept, string role, bool isFinished)
    {
        var left = await Make("[astroauth:creating 0123]", role);
        if (isKept)
            _vault.Secrets["secret"] = left.Value("token");
        await Client.Advance(TimeSpan.FromMinutes(16));
        var done = await Engine.ConvertKeyAsync(Call(OpenKey()), await Plan(), _vault);
        Assert.Equal(isFinished, done.TokenId == left.Value("id"));
        var whole = Assert.Single(await Named(_name));
        Assert.Equal((done.TokenId, Description), (whole.GetProperty("id").GetString(), whole.GetProperty("description").GetString()));
        Assert.Equal("True", await Authenticates(_vault.Secrets["secret"]));
    }

    [Fact]
    public async Task token_that_has_been_used_is_never_removed()
    {
        var left = await Make("[astroauth:creating 0123]");
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(left.Value("token")));
        await Client.Advance(TimeSpan.FromMinutes(16));
        var plan = await Plan();
        await Fails<AstroException>("KeyTokenExists", () => Engine.ConvertKeyAsync(Call(OpenKey()), plan, _vault));
        Assert.Equal("True", await Authenticates(left.Value("token")));
    }

    [Fact]
    public async Task vault_that_cannot_be_read_leaves_the_unfinished_token_alone()
    {
        var left = await Make("[astroauth:creating 0123]");
        await Client.Advance(TimeSpan.FromMinutes(16));
        var plan = await Plan();
        _vault.LookFailure = FakeVault.Failure;
        await Fails<AstroVaultException>("VaultFailed", () => Engine.ConvertKeyAsync(Call(OpenKey()), plan, _vault));
        Assert.Equal("True", await Authenticates(left.Value("token")));
    }

    private Task<KeyConversionPlan> Plan(bool force = false)
    {
        var owner = Engine.Open(new AstroConnectionRequest
        {
            Name = "owner", Domain = Emulator.Domain, Kind = AstroCredentialKind.ApiToken, Secret = SecureStrings.Conceal(Owner),
            Source = AstroCredentialSource.Parameter, SourceDetail = "-Secret", TimeoutSec = 60,
        });
        return Engine.PlanKeyConversionAsync(Call(OpenKey()), new KeyConversion
        {
            CreateAs = owner, Name = _name, ExpiresInDays = 30, Vault = "vault", SecretName = "secret", Force = force,
        });
    }

    private async Task<Reply> Make(string description, string role = "DAG Deployer")
    {
        var made = await Client.Post(Tokens, new { name = _name, description, scope = "DEPLOYMENT", role, entityId = SalesEtl, tokenExpiryPeriodInDays = 30 }, Owner);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        return made;
    }
}
