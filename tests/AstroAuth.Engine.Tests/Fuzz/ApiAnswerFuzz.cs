using AstroAuth.Engine.Tests.Emulator;
using AstroAuth.Engine.Tests.Engine;
using AstroAuth.Engine.Tests.Support;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>
/// Whatever Astro, its login service or a deployment's Airflow answers, each call of the engine gives a result or fails with the
/// module's own error. The answers are those of the emulator, and one of each call's is changed.
/// </summary>
public sealed class ApiAnswerFuzz(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Config = "/private/v1alpha1/cli/auth-config";
    private static readonly HttpStatusCode[] s_statuses = [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.InternalServerError];

    private readonly Dictionary<string, byte[]> _answers = [];
    private readonly Dictionary<string, (string Path, Func<AstroEngine, AstroCall, Task> Use)> _calls = [];

    [Fact]
    public async Task any_answer_of_the_api_gives_a_result_or_an_error_of_the_module()
    {
        await RecordAsync();
        var astro = new CannedAstro(_answers);
        foreach (var name in _calls.Keys)
        {
            // Else a change of the answer would go unseen.
            var (path, use) = _calls[name];
            (astro.Path, astro.Body, astro.IsAsked) = (path, _answers[path], false);
            await use(Start(astro, out var call), call);
            Assert.True(astro.IsAsked, $"{name} did not ask for {path}");
        }

        var inputs = from name in Gen.Elements(_calls.Keys.ToArray())
                     from body in Mutation.OfJson(_answers[_calls[name].Path])
                     from status in Gen.Elements(s_statuses)
                     select new Input(name, body, status);
        await FuzzRun.CheckAsync("answers of Astro and Airflow", 300, inputs, async input =>
        {
            var (path, use) = _calls[input.Name];
            (astro.Path, astro.Body, astro.Status) = (path, input.Body, input.Status);
            await use(Start(astro, out var call), call);
            return true;
        });
    }

    [Fact]
    public async Task any_answer_of_the_login_service_gives_a_token_or_an_error_of_the_module()
    {
        await KeepAsync(Config, null);
        _answers["/oauth/token"] = JsonSerializer.SerializeToUtf8Bytes(new { access_token = "abc", expires_in = 3600, token_type = "Bearer", scope = "x" });
        var astro = new CannedAstro(_answers);
        var inputs = from path in Gen.Elements(Config, "/oauth/token")
                     from body in Mutation.OfJson(_answers[path])
                     from status in Gen.Elements(s_statuses)
                     select new Input(path, body, status);
        await FuzzRun.CheckAsync("answers of the login service", 50, inputs, async input =>
        {
            (astro.Path, astro.Body, astro.Status) = (input.Name, input.Body, input.Status);
            var engine = new AstroEngine(new TestClock(), astro);
            var key = engine.Open(new AstroConnectionRequest
            {
                Name = "key", Domain = Emulator.Domain, Kind = AstroCredentialKind.DeploymentKey, KeyId = "key", Secret = SecureStrings.Conceal("secret"),
                Source = AstroCredentialSource.Parameter, SourceDetail = "-DeploymentKey", TimeoutSec = 60,
            });
            await engine.GetAccessTokenAsync(new AstroCall(key, new RecordingSink(), CancellationToken.None), TimeSpan.Zero);
            return true;
        });
    }

    private async Task RecordAsync()
    {
        var root = Client.Organization;
        var deployment = $"{root}/deployments/{SalesEtl}";
        var (token, _) = await Client.Mint(new { scope = "DEPLOYMENT", name = "fuzz", entityId = SalesEtl });
        var tokens = $"{root}/tokens/{token}";
        await CallAsync("organizations", "/v1/organizations", (engine, call) => engine.ListOrganizationsAsync(call, Ignore));
        await CallAsync("test", "/v1/organizations", (engine, call) => engine.TestAsync(call));
        await CallAsync("tokens", $"{root}/tokens", (engine, call) => engine.ListApiTokensAsync(call, new ApiTokenQuery(), Ignore));
        await CallAsync("rotations", $"{root}/tokens", (engine, call) => engine.ListRotationsAsync(call));
        await CallAsync("audit", $"{root}/tokens", (engine, call) => engine.ListApiTokensAsync(call, new ApiTokenQuery(), page => engine.StartAudit(new AstroAuditOptions()).TestAsync(call, page)));
        await CallAsync("members", $"{root}/users", (engine, call) => engine.ListApiTokensAsync(call, new ApiTokenQuery(), page => engine.StartAudit(new AstroAuditOptions()).TestAsync(call, page)));
        await CallAsync("token", tokens, (engine, call) => engine.GetApiTokenAsync(call, token));
        await CallAsync("workspaces", $"{root}/workspaces", (engine, call) => engine.ListWorkspacesAsync(call, null, Ignore));
        await CallAsync("deployments", $"{root}/deployments", (engine, call) => engine.ListDeploymentsAsync(call, null, null, Ignore));
        await CallAsync("deployment", deployment, (engine, call) => engine.GetDeploymentAsync(call, SalesEtl, null));
        await CallAsync("deployment's change", deployment, (engine, call) => engine.PlanDeploymentChangeAsync(call, SalesEtl, null, new DeploymentSettings { Description = "x" }));
        await CallAsync("options", $"{root}/deployment-options", (engine, call) => engine.GetDeploymentOptionsAsync(call, new DeploymentOptionQuery()));
        foreach (var role in (await Client.Get($"{root}/roles", Owner))["roles"].EnumerateArray())
            await KeepAsync($"{root}/roles/{role.GetProperty("id").GetString()}", Owner);
        await KeepAsync($"{root}/role-templates", Owner);
        await CallAsync("roles", $"{root}/roles", (engine, call) => engine.ListRolesAsync(call, new RoleQuery()));
        await CallAsync("deploys", $"{deployment}/deploys", (engine, call) => engine.ListDeploysAsync(call, SalesEtl, null, Ignore));
        await CallAsync("any path", $"{root}/tokens", (engine, call) => engine.SendAsync(call, new AstroRequest { Method = "GET", Path = "organizations/{organizationId}/tokens" }, Ignore));
        await CallAsync("any pages", $"{root}/tokens", (engine, call) => engine.SendAsync(call, new AstroRequest { Method = "GET", Path = "organizations/{organizationId}/tokens", All = true }, Ignore));

        var model = await Start(new CannedAstro(_answers), out var own).GetDeploymentAsync(own, SalesEtl, null);
        var airflow = new Uri(model.ApiUrl).AbsolutePath.TrimEnd('/');
        await CallAsync("DAGs", $"{airflow}/dags", (engine, call) => engine.ListDagsAsync(call, model, new AstroDagQuery(), Ignore));
        Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{airflow}/dags/customer_import/dagRuns", """{"dag_run_id":"fuzz","logical_date":null,"conf":{"full":true,"parts":[1,2]}}""", Owner)).Status);
        await CallAsync("DAG run", $"{airflow}/dags/customer_import/dagRuns/fuzz", (engine, call) => engine.GetDagRunAsync(call, model, "customer_import", "fuzz"));
        await CallAsync("any path of Airflow", $"{airflow}/dags", (engine, call) => engine.SendAirflowAsync(call, model, new AstroRequest { Method = "GET", Path = "dags" }, Ignore));
    }

    private async Task CallAsync(string name, string path, Func<AstroEngine, AstroCall, Task> use)
    {
        if (!_answers.ContainsKey(path))
            await KeepAsync(path, Owner);
        _calls[name] = (path, use);
    }

    private async Task KeepAsync(string path, string? token)
    {
        var reply = await Client.Get(path, token);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        _answers[path] = System.Text.Encoding.UTF8.GetBytes(reply.Text);
    }

    // A new engine each time has a session of its own, whose limits no one has used up.
    private AstroEngine Start(CannedAstro astro, out AstroCall call)
    {
        var engine = new AstroEngine(new TestClock(), astro);
        call = new AstroCall(
            engine.Open(new AstroConnectionRequest
            {
                Name = "fuzz", Domain = Emulator.Domain, Kind = AstroCredentialKind.ApiToken, Secret = SecureStrings.Conceal(Owner),
                Source = AstroCredentialSource.Parameter, SourceDetail = "-ApiToken", TimeoutSec = 60,
            }),
            new RecordingSink(),
            CancellationToken.None);
        return engine;
    }

    private static Task Ignore<T>(IReadOnlyList<T> items) => Task.CompletedTask;

    private sealed record Input(string Name, byte[] Body, HttpStatusCode Status)
    {
        public override string ToString() => $"{Name}, status {(int)Status}: {System.Text.Encoding.UTF8.GetString(Body)}";
    }
}
