using System.Text;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication.UserLogin;
using AstroAuth.Engine.Deploys.Bundles;
using AstroAuth.Engine.Tests.Engine;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>What the many inputs have found, and what was found while they were written, each by itself.</summary>
public sealed class FoundTests
{
    private const string Organization = "/v1/organizations/o1";
    private const string Deployment = Organization + "/deployments/cjglm8f8ey3zd5a1lstwqd1m2";

    private readonly Dictionary<string, byte[]> _answers = [];

    [Theory]
    [InlineData(Organization + "/tokens", """{"tokens":[null],"totalCount":1}""")]
    [InlineData(Organization + "/tokens", """{"tokens":[{"id":"t","roles":[null]}],"totalCount":1}""")]
    [InlineData(Organization + "/tokens", """{"\u001btokens":[],"tokens":[{"id":5}]}""")]
    [InlineData(Organization + "/tokens", """{"tokens":[{"\u001b[2J":1,"roles":5}]}""")]
    public async Task a_list_that_is_not_whole_is_unreadable(string path, string body)
    {
        Answer(path, body);
        await IsRefused("InvalidResponse", (engine, call) => engine.ListApiTokensAsync(call, new ApiTokenQuery(), _ => Task.CompletedTask));
    }

    [Fact]
    public async Task a_token_with_null_for_a_text_has_an_empty_one()
    {
        Answer(Organization + "/tokens", """{"tokens":[{"id":"t","name":null,"scope":null,"roles":[{"entityId":null}]}],"totalCount":1}""");
        var (engine, call) = Start();
        var tokens = new List<AstroApiToken>();
        await engine.ListApiTokensAsync(call, new ApiTokenQuery(), page =>
        {
            tokens.AddRange(page);
            return Task.CompletedTask;
        });
        Assert.Equal(("t", "", "", ""), (tokens[0].Id, tokens[0].Name, tokens[0].Scope, tokens[0].Roles[0].EntityId));
    }

    [Fact]
    public async Task a_role_without_an_id_is_unreadable()
    {
        Answer(Organization + "/roles", """{"roles":[{"id":null,"name":"one"}],"totalCount":1}""");
        await IsRefused("InvalidResponse", (engine, call) => engine.ListRolesAsync(call, new RoleQuery()));
    }

    [Theory]
    [InlineData("""{"id":"d","environmentVariables":[{"key":"A","value":"\ud800"}]}""")]
    [InlineData("""{"id":"d","\ud800":1}""")]
    public async Task a_deployment_with_half_a_character_is_unreadable(string body)
    {
        Answer(Deployment, body);
        await IsRefused("InvalidResponse", (engine, call) => engine.PlanDeploymentChangeAsync(call, "cjglm8f8ey3zd5a1lstwqd1m2", null, new DeploymentSettings { Description = "x" }));
    }

    [Theory]
    [InlineData("""{"id":"d","name":"n","scalingSpec":[]}""")]
    [InlineData("""{"id":"d","name":"n","scalingSpec":{"hibernationSpec":{"override":{"isActive":"no"}}}}""")]
    public async Task a_deployment_with_members_of_another_kind_can_be_changed(string body)
    {
        Answer(Deployment, body);
        var (engine, call) = Start();
        Assert.Contains((await engine.PlanDeploymentChangeAsync(call, "cjglm8f8ey3zd5a1lstwqd1m2", null, new DeploymentSettings { Description = "x" })).Changes, c => c.Setting == "description");
    }

    [Theory]
    [InlineData("\"exp\":\"soon\"", "its id_token has expired")]
    [InlineData("\"exp\":1995536000,\"nonce\":\"\\ud800\"", "its id_token cannot be read")]
    public void an_id_token_of_another_kind_is_refused(string claims, string why)
    {
        var token = Forge.TokenOf($"{{\"iss\":\"https://auth.astronomer.io/\",\"aud\":\"me\",\"sub\":\"x\",{claims}}}");
        var refused = Assert.Throws<AstroException>(() => IdToken.Parse(token, new LoginProvider(new Uri("https://auth.astronomer.io/"), "me", "ee")).CheckClaims("https://auth.astronomer.io/", Forge.Now));
        Assert.Equal("LoginAnswerRejected", refused.ErrorId);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_token_whose_claims_would_steer_a_terminal_is_refused() => 
        Assert.Null(Forge.Read(Forge.TokenOf("""{"apiTokenId":"\u001b[2J","permissions":["workspaceId:w1"]}""")));

    [Fact]
    public void no_error_steers_a_terminal_whoever_s_words_are_in_it() =>
        Assert.Equal("a [2Jb\n  c d", new AstroException("X", "a\u001b[2Jb\n  c\u0000d", AstroErrorCategory.InvalidArgument).Message);

    [Fact]
    public void a_line_of_an_ignore_file_does_not_steer_a_terminal()
    {
        var refused = Assert.Throws<AstroException>(() => AstroIgnore.Parse("[\u001b[2J", ".astroignore"));
        Assert.Equal("InvalidIgnoreFile", refused.ErrorId);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    [Theory]
    [InlineData("""{"__type":"TimeDelta","days":1e999,"seconds":0}""")]
    [InlineData("""{"__type":"TimeDelta","days":10675200,"seconds":1}""")]
    public async Task a_schedule_longer_than_time_is_shown_as_it_came(string interval)
    {
        var site = Airflow();
        Answer("/api/v2/dags/one", $"{{\"dag_id\":\"one\",\"schedule_interval\":{interval}}}");
        var (engine, call) = Start();
        Assert.Contains("TimeDelta", (await engine.GetDagAsync(call, site, "one")).Schedule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_run_with_half_a_character_is_unreadable()
    {
        var site = Airflow();
        Answer("/api/v2/dags/one/dagRuns/r", """{"dag_id":"one","dag_run_id":"r","conf":{"a":"\ud800"}}""");
        await IsRefused("AirflowUnreadable", (engine, call) => engine.GetDagRunAsync(call, site, "one", "r"));
    }

    [Fact]
    public async Task an_error_of_airflow_with_half_a_character_is_one_of_airflow()
    {
        var site = Airflow();
        Answer("/api/v2/dags/one", """{"detail":"\ud800"}""");
        await IsRefused("AirflowInvalidRequest", (engine, call) => engine.GetDagAsync(call, site, "one"), HttpStatusCode.BadRequest, "/api/v2/dags/one");
    }

    [Fact]
    public void a_date_at_the_end_of_time_is_not_believed()
    {
        var clock = new TestClock();
        var server = new ServerClock(clock);
        using var answer = new HttpResponseMessage();
        answer.Headers.Date = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
        answer.Headers.Age = TimeSpan.FromSeconds(int.MaxValue);
        server.Observe(answer);
        Assert.True(server.GetUtcNow().Year < 9999);
    }

    private static AstroDeployment Airflow() => new() { Id = "d", Name = "d", Status = "HEALTHY", AirflowVersion = "3.1", ApiUrl = "http://localhost:8888/api/v2" };

    private void Answer(string path, string body) => _answers[path] = Encoding.UTF8.GetBytes(body);

    private async Task IsRefused(string errorId, Func<AstroEngine, AstroCall, Task> use, HttpStatusCode status = HttpStatusCode.OK, string? path = null)
    {
        var (engine, call) = Start(status, path);
        var refused = await Assert.ThrowsAnyAsync<AstroException>(() => use(engine, call));
        Assert.Equal(errorId, refused.ErrorId);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    private (AstroEngine Engine, AstroCall Call) Start(HttpStatusCode status = HttpStatusCode.OK, string? path = null)
    {
        var astro = new CannedAstro(_answers) { Path = path, Status = status, Body = path is null ? [] : _answers[path] };
        var engine = new AstroEngine(new TestClock(), astro);
        return (engine, new AstroCall(
            engine.Open(new AstroConnectionRequest
            {
                Name = "found", Domain = "localhost:8888", Kind = AstroCredentialKind.ApiToken, Secret = SecureStrings.Conceal(Forge.ApiToken(DateTimeOffset.UtcNow.AddDays(9))),
                Source = AstroCredentialSource.Parameter, SourceDetail = "-ApiToken", TimeoutSec = 60,
            }),
            new RecordingSink(),
            CancellationToken.None));
    }
}
