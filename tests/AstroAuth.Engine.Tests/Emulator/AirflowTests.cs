using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>The Airflow of a deployment: both generations of its API, its DAGs, their runs, and who may do what.</summary>
public sealed class AirflowTests(EmulatorFixture fixture) : DeployTest(fixture)
{
    private string Ingest => Emulator.DeploymentId("ingest-legacy");

    [Fact]
    public async Task each_generation_answers_at_its_base_and_at_no_other()
    {
        foreach (var (deployment, own, other) in new[] { (SalesEtl, "/api/v2", "/api/v1"), (Ingest, "/api/v1", "/api/v2") })
        {
            var url = await ApiUrl(deployment);
            Assert.EndsWith(own, url, StringComparison.Ordinal);
            Assert.Equal((await Client.Get(Deployment(deployment), Owner)).Value("airflowVersion"), (await Client.Get(url + "/version", Owner)).Value("version"));
            Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(url.Replace(own, other, StringComparison.Ordinal) + "/version", Owner)).Status);
        }
    }

    [Fact]
    public async Task both_generations_show_DAGs_in_their_own_way()
    {
        var two = (await Client.Get(await ApiUrl(Ingest) + "/dags/ingest_orders", Owner)).Json;
        Assert.Equal("0 5 * * *", two.GetProperty("schedule_interval").GetProperty("value").GetString());
        Assert.True(two.GetProperty("is_active").GetBoolean());
        var three = (await Client.Get(await ApiUrl(SalesEtl) + "/dags/daily_sales", Owner)).Json;
        Assert.Equal("0 5 * * *", three.GetProperty("timetable_summary").GetString());
        Assert.False(three.TryGetProperty("is_active", out _));
    }

    [Fact]
    public async Task deployed_files_are_the_DAGs_and_an_empty_bundle_takes_all_away()
    {
        await DeployDags(Fresh, "dags/one.py", "dags/sub/two.py", "dags/__init__.py", "dags/notes.txt");
        var url = await ApiUrl(Fresh);
        Assert.Empty(await DagIds(url));
        await Client.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(["one", "two"], await DagIds(url));
        await Client.Send(HttpMethod.Patch, url + "/dags/one", Owner, new { is_paused = false });
        await DeployDags(Fresh, "dags/one.py");
        await Client.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(["one"], await DagIds(url));
        Assert.False((await Client.Get(url + "/dags/one", Owner))["is_paused"].GetBoolean());
        await DeployDags(Fresh, "dags/README.md");
        await Client.Advance(TimeSpan.FromSeconds(11));
        Assert.Empty(await DagIds(url));
    }

    [Fact]
    public async Task a_run_waits_runs_and_ends_by_the_clock()
    {
        var url = await WithDags("job", "bad_job");
        await Client.Post($"/_emulator/deployments/{Fresh}/dags/bad_job", new { outcome = "failed" });
        foreach (var (dag, end) in new[] { ("job", "success"), ("bad_job", "failed") })
        {
            var run = await Client.Post($"{url}/dags/{dag}/dagRuns", new { logical_date = (string?)null, conf = new { a = 1 } }, Owner);
            Assert.Equal("queued", run.Value("state"));
            Assert.Equal(1, run["conf"].GetProperty("a").GetInt32());
            var path = $"{url}/dags/{dag}/dagRuns/{Uri.EscapeDataString(run.Value("dag_run_id"))}";
            await Client.Advance(TimeSpan.FromSeconds(6));
            Assert.Equal("running", (await Client.Get(path, Owner)).Value("state"));
            await Client.Advance(TimeSpan.FromSeconds(20));
            var done = await Client.Get(path, Owner);
            Assert.Equal(end, done.Value("state"));
            Assert.Equal(20, (done["end_date"].GetDateTimeOffset() - done["start_date"].GetDateTimeOffset()).TotalSeconds);
        }
    }

    [Fact]
    public async Task a_paused_DAG_keeps_its_runs_waiting_until_it_may_run()
    {
        var url = await WithDags("job");
        await Client.Send(HttpMethod.Patch, url + "/dags/job", Owner, new { is_paused = true });
        var run = await Client.Post(url + "/dags/job/dagRuns", new { logical_date = (string?)null }, Owner);
        await Client.Advance(TimeSpan.FromHours(1));
        var path = $"{url}/dags/job/dagRuns/{Uri.EscapeDataString(run.Value("dag_run_id"))}";
        Assert.Equal("queued", (await Client.Get(path, Owner)).Value("state"));
        await Client.Send(HttpMethod.Patch, url + "/dags/job", Owner, new { is_paused = false });
        await Client.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal("success", (await Client.Get(path, Owner)).Value("state"));
    }

    [Fact]
    public async Task lists_come_in_pages_of_a_hundred_at_most()
    {
        await DeployDags(Fresh, [.. Enumerable.Range(0, 130).Select(i => $"dags/dag_{i:000}.py")]);
        await Client.Advance(TimeSpan.FromSeconds(11));
        var url = await ApiUrl(Fresh);
        var first = await Client.Get(url + "/dags?limit=1000", Owner);
        Assert.Equal((100, 130), (first["dags"].GetArrayLength(), first["total_entries"].GetInt32()));
        var rest = await Client.Get(url + "/dags?offset=100&order_by=-dag_id&limit=50", Owner);
        Assert.Equal("dag_029", rest["dags"][0].GetProperty("dag_id").GetString());
        Assert.Equal(30, rest["dags"].GetArrayLength());
        var found = await Client.Get(url + "/dags?dag_id_pattern=%25_12%25&paused=true", Owner);
        Assert.Equal(12, found["total_entries"].GetInt32());
    }

    [Fact]
    public async Task runs_are_found_by_state_and_for_all_DAGs_at_once()
    {
        var url = await ApiUrl(SalesEtl);
        var failed = await Client.Get(url + "/dags/~/dagRuns?state=failed&order_by=-run_after", Owner);
        Assert.All(failed["dag_runs"].EnumerateArray(), r => Assert.Equal("failed", r.GetProperty("state").GetString()));
        Assert.NotEmpty(failed["dag_runs"].EnumerateArray());
        Assert.Equal(14, (await Client.Get(await ApiUrl(Ingest) + "/dags/ingest_orders/dagRuns", Owner))["total_entries"].GetInt32());
    }

    [Fact]
    public async Task mistakes_are_told_in_the_words_of_each_generation()
    {
        var three = await WithDags("job");
        var missing = await Client.Post(three + "/dags/job/dagRuns", new { }, Owner);
        Assert.Equal((HttpStatusCode)422, missing.Status);
        Assert.Equal("logical_date", missing["detail"][0].GetProperty("loc")[1].GetString());
        var two = await ApiUrl(Ingest);
        var run = await Client.Post(two + "/dags/ingest_orders/dagRuns", new { dag_run_id = "mine" }, Owner);
        Assert.NotEqual(JsonValueKind.Null, run["logical_date"].ValueKind);
        var again = await Client.Post(two + "/dags/ingest_orders/dagRuns", new { dag_run_id = "mine" }, Owner);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("\"title\":\"Conflict\"", again.Text, StringComparison.Ordinal);
        Assert.Equal("application/problem+json", again.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Delete(two + "/dags/ingest_orders/dagRuns/mine", Owner)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Delete(two + "/dags/ingest_orders/dagRuns/mine", Owner)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Get(two + "/dags?colour=red", Owner)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(two + "/dags/none", Owner)).Status);
    }

    [Fact]
    public async Task roles_forbid_in_Airflow_too()
    {
        var url = await ApiUrl(SalesEtl);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Client.Get(url + "/dags")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Get(url + "/dags/daily_sales", Emulator.TokenValue("workspaceMember"))).Status);
        var body = new { is_paused = false };
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Send(HttpMethod.Patch, url + "/dags/daily_sales", Emulator.TokenValue("workspaceMember"), body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Send(HttpMethod.Patch, url + "/dags/daily_sales", Emulator.TokenValue("workspaceAuthor"), body)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Get(url + "/dags/daily_sales", Emulator.TokenValue("deploymentDeployer"))).Status);
    }

    [Fact]
    public async Task a_role_on_a_tag_opens_just_those_DAGs()
    {
        var (_, watcher) = await Client.Mint(new
        {
            scope = "ORGANIZATION",
            roles = new object[]
            {
                new { entityType = "ORGANIZATION", entityId = Emulator.OrganizationId, role = "ORGANIZATION_MEMBER" },
                new { entityType = "DAG_TAG", entityId = "finance", role = "Run Watcher", deploymentId = SalesEtl },
            },
        });
        var url = await ApiUrl(SalesEtl);
        Assert.Equal(["daily_sales", "monthly_close"], (await Client.Get(url + "/dags", watcher))["dags"].EnumerateArray().Select(d => d.GetProperty("dag_id").GetString()!));
        Assert.Equal(HttpStatusCode.OK, (await Client.Get(url + "/dags/daily_sales/dagRuns", watcher)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Post(url + "/dags/daily_sales/dagRuns", new { logical_date = (string?)null }, watcher)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await Client.Get(url + "/dags/customer_import", watcher)).Status);
    }

    [Fact]
    public async Task who_sleeps_or_is_not_made_yet_does_not_answer()
    {
        var url = await ApiUrl(Fresh);
        await SetStatus(Fresh, "HIBERNATING");
        var asleep = await Client.Get(url + "/dags", Owner);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, asleep.Status);
        Assert.StartsWith("<html>", asleep.Text, StringComparison.Ordinal);
        await SetStatus(Fresh, "CREATING");
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(url + "/dags", Owner)).Status);
    }

    private async Task<string> ApiUrl(string deployment) => new Uri((await Client.Get(Deployment(deployment), Owner)).Value("apiUrl")).AbsolutePath;

    private async Task<string[]> DagIds(string url) =>
        [.. (await Client.Get(url + "/dags", Owner))["dags"].EnumerateArray().Select(d => d.GetProperty("dag_id").GetString()!)];

    private async Task<string> WithDags(params string[] ids)
    {
        await DeployDags(Fresh, [.. ids.Select(i => $"dags/{i}.py")]);
        await Client.Advance(TimeSpan.FromSeconds(11));
        foreach (var id in ids)
            await Client.Post($"/_emulator/deployments/{Fresh}/dags/{id}", new { isPaused = false });
        return await ApiUrl(Fresh);
    }
}
