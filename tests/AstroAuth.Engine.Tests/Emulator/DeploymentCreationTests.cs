using System.Text.Json.Nodes;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Making deployments: what each type needs, what it does not take, and how it comes to life.</summary>
public sealed class DeploymentCreationTests(EmulatorFixture fixture) : DeploymentTest(fixture)
{
    [Theory]
    [InlineData("STANDARD")]
    [InlineData("DEDICATED")]
    [InlineData("HYBRID")]
    public async Task the_least_is_enough_and_the_rest_is_filled_in(string type)
    {
        var created = await Create(Body(type));
        Assert.Equal("CREATING", created.Value("status"));
        Assert.Equal(type, created.Value("type"));
        Assert.Equal("CELERY", created.Value("executor"));
        Assert.Equal("3.1-4", created.Value("runtimeVersion"));
        Assert.Equal("default", Assert.Single(created["workerQueues"].EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(type != "HYBRID", created.Has("schedulerSize"));
        Assert.Equal(type == "HYBRID", created.Has("schedulerAu"));
        Assert.Equal(type == "STANDARD" ? "eu-central-1" : type == "DEDICATED" ? "us-east-1" : "us-west-2", created.Value("region"));
        Assert.Equal(created.Text, (await Client.Get(Deployment(created.Value("id")), Owner)).Text);
    }

    [Fact]
    public async Task it_is_created_deploys_and_is_healthy_by_the_clock()
    {
        var id = (await Create(Body("STANDARD"))).Value("id");
        await Client.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("DEPLOYING", (await Client.Get(Deployment(id), Owner)).Value("status"));
        await Client.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("HEALTHY", (await Client.Get(Deployment(id), Owner)).Value("status"));
    }

    [Fact]
    public async Task who_asks_again_and_again_gets_there_without_moving_the_clock()
    {
        var id = (await Create(Body("STANDARD"))).Value("id");
        await Client.Post("/_emulator/settings", new { advanceSecondsPerRequest = 9 });
        var seen = new List<string>();
        for (var i = 0; i < 6; i++)
            seen.Add((await Client.Get(Deployment(id), Owner)).Value("status"));
        Assert.Equal(["CREATING", "DEPLOYING", "HEALTHY"], seen.Distinct());
    }

    [Theory]
    [InlineData("STANDARD", "name", null, "name")]
    [InlineData("STANDARD", "workspaceId", null, "workspaceId")]
    [InlineData("STANDARD", "region", null, "region")]
    [InlineData("STANDARD", "defaultTaskPodCpu", null, "defaultTaskPodCpu")]
    [InlineData("STANDARD", "defaultTaskPodMemory", "\"2Gi\"", "defaultTaskPodMemory")]
    [InlineData("STANDARD", "resourceQuotaMemory", "\"20Gi\"", "resourceQuotaMemory")]
    [InlineData("STANDARD", "resourceQuotaCpu", "\"6401\"", "resourceQuotaCpu")]
    [InlineData("STANDARD", "scheduler", "{\"au\":5}", "scheduler")]
    [InlineData("STANDARD", "executor", "\"LOCAL\"", "executor")]
    [InlineData("STANDARD", "astroRuntimeVersion", "\"1.0\"", "astroRuntimeVersion")]
    [InlineData("STANDARD", "contactEmails", "[\"nobody\"]", "contactEmails")]
    [InlineData("STANDARD", "scalingSpec", "{\"hibernationSpec\":{\"override\":{\"isHibernating\":true}}}", "scalingSpec")]
    [InlineData("STANDARD", "remoteExecution", "{\"enabled\":true}", "remoteExecution")]
    [InlineData("STANDARD", "environmentVariables", "[{\"key\":\"A\",\"isSecret\":true}]", "environmentVariables[0].value")]
    [InlineData("STANDARD", "environmentVariables", "[{\"key\":\"A-B\",\"isSecret\":false,\"value\":\"x\"}]", "environmentVariables[0].key")]
    [InlineData("STANDARD", "environmentVariables", "[{\"key\":\"A\",\"isSecret\":false,\"value\":\"x\"},{\"key\":\"A\",\"isSecret\":false,\"value\":\"y\"}]", "environmentVariables")]
    [InlineData("DEDICATED", "cloudProvider", "\"AWS\"", "cloudProvider")]
    [InlineData("DEDICATED", "clusterId", "\"cnone\"", "clusterId")]
    [InlineData("HYBRID", "schedulerSize", "\"SMALL\"", "schedulerSize")]
    [InlineData("HYBRID", "defaultTaskPodCpu", "\"1\"", "defaultTaskPodCpu")]
    [InlineData("HYBRID", "isHighAvailability", "true", "isHighAvailability")]
    [InlineData("HYBRID", "executor", "\"ASTRO\"", "executor")]
    [InlineData("HYBRID", "executor", "\"KUBERNETES\"", "taskPodNodePoolId")]
    [InlineData("HYBRID", "scheduler", "{\"au\":4}", "scheduler.au")]
    [InlineData("HYBRID", "workerQueues", null, "workerQueues")]
    public async Task each_type_has_its_fields(string type, string name, string? json, string field) =>
        await AssertRefused(Deployments, Body(type, (name, json is null ? null : JsonNode.Parse(json))), field);

    [Fact]
    public async Task development_mode_excludes_high_availability_and_alone_hibernates()
    {
        await AssertRefused(Deployments, Body("STANDARD", ("isDevelopmentMode", true), ("isHighAvailability", true)), "isHighAvailability");
        var spec = JsonNode.Parse("""{"hibernationSpec":{"schedules":[{"hibernateAtCron":"0 22 * * *","wakeAtCron":"0 6 * * *","isEnabled":true}]}}""");
        await AssertRefused(Deployments, Body("STANDARD", ("scalingSpec", spec), ("isDevelopmentMode", true), ("schedulerSize", "LARGE")), "schedulerSize");
        await Create(Body("STANDARD", ("scalingSpec", spec), ("isDevelopmentMode", true)));
        var broken = JsonNode.Parse("""{"hibernationSpec":{"schedules":[{"hibernateAtCron":"0 22 * *","wakeAtCron":"0 26 * * *","isEnabled":true}]}}""");
        await AssertRefused(
            Deployments, Body("STANDARD", ("scalingSpec", broken), ("isDevelopmentMode", true)), "scalingSpec.hibernationSpec.schedules[0].hibernateAtCron");
    }

    [Fact]
    public async Task queues_follow_their_rules()
    {
        foreach (var (queue, field) in new (JsonObject, string)[]
        {
            (Queue(("name", "other")), "workerQueues"),
            (Queue(("isDefault", false)), "workerQueues"),
            (Queue(("minWorkerCount", 9)), "workerQueues[0].minWorkerCount"),
            (Queue(("maxWorkerCount", 31)), "workerQueues[0].maxWorkerCount"),
            (Queue(("workerConcurrency", 31)), "workerQueues[0].workerConcurrency"),
            (Queue(("astroMachine", "A1")), "workerQueues[0].astroMachine"),
            (Queue(("id", "cnone")), "workerQueues[0].id"),
            (Queue(("podEphemeralStorage", "101Gi")), "workerQueues[0].podEphemeralStorage"),
        })
            await AssertRefused(Deployments, Body("STANDARD", ("workerQueues", new JsonArray(queue))), field);
        await AssertRefused(Deployments, Body("STANDARD", ("executor", "KUBERNETES"), ("workerQueues", new JsonArray(Queue()))), "workerQueues");
        await AssertRefused(Deployments, Body("HYBRID", ("workerQueues", new JsonArray(Queue(("nodePoolId", "cnone"), ("astroMachine", null))))), "workerQueues[0].nodePoolId");
        await AssertRefused(Deployments, Body("STANDARD", ("workerQueues", new JsonArray(Queue(), Queue(("name", "Big Ones"), ("isDefault", false))))), "workerQueues[1].name");
    }

    [Fact]
    public async Task the_astro_executor_needs_Airflow_3()
    {
        await AssertRefused(Deployments, Body("STANDARD", ("executor", "ASTRO"), ("astroRuntimeVersion", "12.11.0")), "executor");
        var created = await Create(Body("STANDARD", ("executor", "KUBERNETES"), ("astroRuntimeVersion", "12.11.0")));
        Assert.Equal("2.10.5", created.Value("airflowVersion"));
        Assert.EndsWith("/api/v1", created.Value("apiUrl"), StringComparison.Ordinal);
        Assert.Empty(created["workerQueues"].EnumerateArray());
    }

    [Fact]
    public async Task names_are_unique_in_a_workspace_and_the_workspace_decides_on_CI_CD()
    {
        var body = Body("STANDARD");
        var inAnalytics = await Create(body);
        await AssertRefused(Deployments, body, "name");
        var inDataPlatform = await Create(With(body, ("workspaceId", DataPlatform)));
        Assert.False(inAnalytics["isCicdEnforced"].GetBoolean());
        Assert.True(inDataPlatform["isCicdEnforced"].GetBoolean());
    }

    [Fact]
    public async Task the_workspace_decides_where_it_runs_when_nothing_is_said()
    {
        var made = await Client.Post(
            Client.Organization + "/workspaces", new { name = "w-" + Guid.NewGuid().ToString("n")[..8], defaultCloudProvider = "GCP", defaultRegion = "europe-west4" }, Owner);
        var body = Body("STANDARD", ("workspaceId", made.Value("id")), ("cloudProvider", null), ("region", null));
        var created = await Create(body);
        Assert.Equal(("GCP", "europe-west4"), (created.Value("cloudProvider"), created.Value("region")));
        var other = await Create(With(body, ("name", "other"), ("cloudProvider", "AWS"), ("region", "us-east-1")));
        Assert.Equal("us-east-1", other.Value("region"));
        await AssertRefused(Deployments, With(body, ("name", "third"), ("workspaceId", Analytics), ("cloudProvider", null), ("region", null)), "clusterId");
        foreach (var path in new[] { Deployment(created.Value("id")), Deployment(other.Value("id")), $"{Client.Organization}/workspaces/{made.Value("id")}" })
            Assert.Equal(HttpStatusCode.NoContent, (await Client.Delete(path, Owner)).Status);
    }

    [Theory]
    [InlineData("workspaceOperator", HttpStatusCode.OK)]
    [InlineData("workspaceAuthor", HttpStatusCode.Forbidden)]
    [InlineData("deploymentAdmin", HttpStatusCode.Forbidden)]
    public async Task creating_needs_the_role_of_an_operator(string key, HttpStatusCode expected)
    {
        var body = Body("STANDARD", ("workspaceId", DataPlatform)).ToJsonString();
        Assert.Equal(expected, Made(await Client.Post(Deployments, body, Emulator.TokenValue(key))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Post(Deployments, Body("STANDARD").ToJsonString(), Emulator.TokenValue("workspaceOperator"))).Status);
    }

    [Fact]
    public async Task options_fit_the_question()
    {
        var all = await Client.Get(Client.Organization + "/deployment-options", Owner);
        Assert.Equal("3.1-4", all["runtimeReleases"][0].GetProperty("version").GetString());
        Assert.Equal(7, all["workerMachines"].GetArrayLength());
        Assert.Equal("0.5Gi", all["resourceQuotas"].GetProperty("defaultPodSize").GetProperty("memory").GetProperty("default").GetString());
        var hybrid = await Client.Get(Client.Organization + "/deployment-options?deploymentType=HYBRID", Owner);
        Assert.Equal(["CELERY", "KUBERNETES"], hybrid["executors"].EnumerateArray().Select(e => e.GetString()!));
        var later = await Client.Get($"{Client.Organization}/deployment-options?deploymentId={Emulator.DeploymentId("reporting")}", Owner);
        Assert.Equal(["3.1-4", "3.1-1", "3.0-11"], later["runtimeReleases"].EnumerateArray().Select(e => e.GetProperty("version").GetString()!));
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Get(Client.Organization + "/deployment-options?color=red", Owner)).Status);
    }

    [Fact]
    public async Task clusters_are_found_by_name_and_id()
    {
        var found = await Client.Get(Client.Organization + "/clusters?names=northwind-dedicated", Owner);
        var cluster = Assert.Single(found["clusters"].EnumerateArray());
        var one = await Client.Get($"{Client.Organization}/clusters/{cluster.GetProperty("id").GetString()}", Owner);
        Assert.Equal("DEDICATED", one.Value("type"));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(Client.Organization + "/clusters/cnone", Owner)).Status);
    }
}
