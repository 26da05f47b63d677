using System.Text.Json.Nodes;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Changing and deleting deployments.</summary>
public sealed class DeploymentChangeTests(EmulatorFixture fixture) : DeploymentTest(fixture)
{
    private static readonly string[] s_moving = ["updatedAt", "updatedBy", "status", "statusReason"];

    [Fact]
    public async Task sending_back_what_was_shown_changes_nothing()
    {
        foreach (var type in new[] { "STANDARD", "DEDICATED" })
        {
            var created = await Create(Rich(type));
            Assert.Equal(Fixed(created), Fixed(await Update(created.Value("id"), ToUpdate(created))));
        }
    }

    [Fact]
    public async Task what_is_left_out_is_lost()
    {
        var created = await Create(Rich("STANDARD"));
        var updated = await Update(created.Value("id"), With(ToUpdate(created), ("contactEmails", null), ("description", null), ("defaultTaskPodCpu", null), ("defaultTaskPodMemory", null)));
        Assert.Empty(updated["contactEmails"].EnumerateArray());
        Assert.Equal("", updated.Value("description"));
        Assert.Equal("0.25", updated.Value("defaultTaskPodCpu"));
        Assert.Equal("arn:aws:iam::1:role/x", updated.Value("effectiveWorkloadIdentity"));
    }

    [Fact]
    public async Task secret_values_are_never_shown_and_stay_when_none_is_sent()
    {
        var created = await Create(Rich("STANDARD"));
        var id = created.Value("id");
        Assert.DoesNotContain("hunter2", created.Text, StringComparison.Ordinal);
        var before = Variable(created, "SECRET").GetProperty("updatedAt").GetString();
        await Client.Advance(TimeSpan.FromMinutes(5));
        var kept = await Update(id, ToUpdate(created));
        Assert.Equal(before, Variable(kept, "SECRET").GetProperty("updatedAt").GetString());
        Assert.Equal("hunter2", await SecretValue(id));

        var changed = ToUpdate(created);
        changed["environmentVariables"] = new JsonArray(new JsonObject { ["key"] = "SECRET", ["isSecret"] = true, ["value"] = "" });
        var blanked = await Update(id, changed);
        Assert.NotEqual(before, Variable(blanked, "SECRET").GetProperty("updatedAt").GetString());
        Assert.Single(blanked["environmentVariables"].EnumerateArray());
        Assert.Equal("", await SecretValue(id));
    }

    [Fact]
    public async Task a_secret_is_not_shown_by_calling_it_plain()
    {
        var created = await Create(Rich("STANDARD"));
        var body = ToUpdate(created);
        body["environmentVariables"] = new JsonArray(new JsonObject { ["key"] = "SECRET", ["isSecret"] = false });
        await AssertRefused(Deployment(created.Value("id")), body, "environmentVariables[0].value");
    }

    [Fact]
    public async Task queues_keep_their_ids_and_their_names()
    {
        var created = await Create(Rich("STANDARD"));
        var id = created.Value("id");
        var ids = Ids(created);
        var body = ToUpdate(created);
        body["workerQueues"]![1]!["maxWorkerCount"] = 9;
        Assert.Equal(ids, Ids(await Update(id, body)));

        body["workerQueues"]![1]!.AsObject().Remove("id");
        var anew = Ids(await Update(id, body));
        Assert.Equal(ids[0], anew[0]);
        Assert.NotEqual(ids[1], anew[1]);

        body["workerQueues"]![1]!["id"] = anew[1];
        body["workerQueues"]![1]!["name"] = "renamed";
        await AssertRefused(Deployment(id), body, "workerQueues[1].name");
        body["workerQueues"]!.AsArray().RemoveAt(1);
        Assert.Equal([ids[0]], Ids(await Update(id, body)));
    }

    [Theory]
    [InlineData("type")]
    [InlineData("name")]
    [InlineData("workspaceId")]
    [InlineData("executor")]
    [InlineData("schedulerSize")]
    [InlineData("isHighAvailability")]
    [InlineData("isDagDeployEnabled")]
    [InlineData("isCicdEnforced")]
    [InlineData("environmentVariables")]
    [InlineData("workerQueues")]
    public async Task an_update_needs_the_whole(string field)
    {
        var created = await Create(Body("STANDARD"));
        await AssertRefused(Deployment(created.Value("id")), With(ToUpdate(created), (field, null)), field);
    }

    [Theory]
    [InlineData("astroRuntimeVersion", "3.1-4")]
    [InlineData("clusterId", "c")]
    [InlineData("region", "us-east-1")]
    [InlineData("type", "DEDICATED")]
    [InlineData("workspaceId", "c")]
    public async Task what_cannot_be_changed_is_refused(string field, string value)
    {
        var created = await Create(Body("STANDARD"));
        await AssertRefused(Deployment(created.Value("id")), With(ToUpdate(created), (field, value)), field);
    }

    [Fact]
    public async Task development_mode_can_only_be_left()
    {
        var created = await Create(Body("STANDARD"));
        await AssertRefused(Deployment(created.Value("id")), With(ToUpdate(created), ("isDevelopmentMode", true)), "isDevelopmentMode");
        var development = await Create(Body("STANDARD", ("isDevelopmentMode", true)));
        var left = await Update(development.Value("id"), With(ToUpdate(development), ("isDevelopmentMode", false)));
        Assert.False(left["isDevelopmentMode"].GetBoolean());
    }

    [Fact]
    public async Task DAG_deploys_are_toggled_by_owners_and_not_while_CI_CD_is_enforced()
    {
        var created = await Create(Body("STANDARD", ("workspaceId", DataPlatform)));
        var id = created.Value("id");
        var off = With(ToUpdate(created), ("isDagDeployEnabled", false));
        await AssertRefused(Deployment(id), off, "isDagDeployEnabled");
        await Update(id, With(ToUpdate(created), ("isCicdEnforced", false)));
        off["isCicdEnforced"] = false;
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Post(Deployment(id), off.ToJsonString(), Emulator.TokenValue("workspaceOperator"))).Status);
        await Update(id, off);
        var deploy = await Client.Post(Deploys(id), new { type = "DAG_ONLY" }, Owner);
        Assert.Equal(HttpStatusCode.BadRequest, deploy.Status);
        Assert.Contains("not enabled", deploy.Value("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_update_is_seen_in_its_time_and_author()
    {
        var created = await Create(Body("STANDARD", ("workspaceId", DataPlatform)));
        await Client.Advance(TimeSpan.FromMinutes(2));
        var reply = await Client.Post(Deployment(created.Value("id")), ToUpdate(created).ToJsonString(), Emulator.TokenValue("workspaceOperator"));
        Assert.Equal("DEPLOYING", reply.Value("status"));
        Assert.True(reply["updatedAt"].GetDateTimeOffset() > created["updatedAt"].GetDateTimeOffset());
        Assert.Equal("data-platform-ops", reply["updatedBy"].GetProperty("apiTokenName").GetString());
    }

    [Theory]
    [InlineData("workspaceAuthor", HttpStatusCode.Forbidden)]
    [InlineData("workspaceOperator", HttpStatusCode.NoContent)]
    public async Task deleting_needs_its_permission(string key, HttpStatusCode expected)
    {
        var id = (await Create(Body("STANDARD", ("workspaceId", DataPlatform)))).Value("id");
        Assert.Equal(expected, (await Client.Delete(Deployment(id), Emulator.TokenValue(key))).Status);
    }

    [Fact]
    public async Task a_deleted_deployment_takes_its_tokens_with_it()
    {
        var id = (await Create(Body("STANDARD"))).Value("id");
        var (_, own) = await Client.Mint(new { scope = "DEPLOYMENT", entityId = id });
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(own));
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Delete(Deployment(id), Owner)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(own));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Delete(Deployment(id), Owner)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(Deployment(id), Owner)).Status);
    }

    private JsonObject Rich(string type) => Body(
        type, ("description", "made by a test"), ("contactEmails", new JsonArray("a@b.example")), ("workloadIdentity", "arn:aws:iam::1:role/x"),
        ("schedulerSize", "MEDIUM"), ("isHighAvailability", true),
        ("environmentVariables", new JsonArray(
            new JsonObject { ["key"] = "PLAIN", ["isSecret"] = false, ["value"] = "x" },
            new JsonObject { ["key"] = "SECRET", ["isSecret"] = true, ["value"] = "hunter2" })),
        ("workerQueues", new JsonArray(Queue(), Queue(("name", "big"), ("isDefault", false), ("podEphemeralStorage", "20Gi")))));

    private async Task<string> SecretValue(string id) => (await Client.Get($"/_emulator/deployments/{id}/variables"))["SECRET"].GetString()!;

    private static JsonElement Variable(Reply deployment, string key) =>
        deployment["environmentVariables"].EnumerateArray().Single(v => v.GetProperty("key").GetString() == key);

    private static string[] Ids(Reply deployment) =>
        [.. deployment["workerQueues"].EnumerateArray().Select(q => q.GetProperty("id").GetString()!)];

    private static string Fixed(Reply deployment) => With(JsonNode.Parse(deployment.Text)!.AsObject(), [.. s_moving.Select(m => (m, (JsonNode?)null))]).ToJsonString();
}
