using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Calls to a deployment's Airflow: where they go, and what comes back.</summary>
public sealed class AirflowClientTests(EmulatorFixture fixture) : AirflowClientTest(fixture)
{
    [Theory]
    [InlineData("sales-etl", "daily_sales", "v2")]
    [InlineData("ingest-legacy", "ingest_orders", "v1")]
    public async Task both_generations_are_found_and_give_the_same_model(string name, string dagId, string version)
    {
        var (call, deployment) = await Place(name);
        await Client.Delete("/_emulator/requests");
        var dag = await Engine.GetDagAsync(call, deployment, dagId);
        Assert.Equal((dagId, "0 5 * * *", false, deployment.Id), (dag.DagId, dag.Schedule, dag.IsPaused, dag.DeploymentId));
        Assert.Contains("daily", dag.Tags);
        Assert.Contains($"/api/{version}/dags/", Assert.Single(await Requests(1)).Path, StringComparison.Ordinal);

        var run = (await Runs(call, deployment, dagId)).First(r => r.Type == "scheduled");
        Assert.Equal(dagId, run.DagId);
        Assert.Equal(run.EndedOn - run.StartedOn, run.Duration);
        Assert.Equal(TimeSpan.Zero, run.LogicalDate!.Value.Offset);
        Assert.Null((await Engine.GetDagAsync(call, deployment, version == "v2" ? "experiment_prices" : "old_migration")).Schedule);
    }

    [Fact]
    public async Task where_address_and_version_do_not_fit_the_generation_is_asked_for()
    {
        var (call, deployment) = await Place("ingest-legacy");
        deployment.ApiUrl = deployment.ApiUrl.Replace("/api/v1", "/api/v2", StringComparison.Ordinal);
        Assert.Equal("ingest_orders", (await Engine.GetDagAsync(call, deployment, "ingest_orders")).DagId);
        deployment.ApiUrl = deployment.ApiUrl.Replace("/api/v2", "/", StringComparison.Ordinal);
        Assert.Equal("ingest_orders", (await Engine.GetDagAsync(call, deployment, "ingest_orders")).DagId);
        deployment.ApiUrl = Emulator.Address + "/nowhere";
        await Fails<AstroException>("AirflowVersionUnknown", () => Engine.GetDagAsync(call, deployment, "ingest_orders"));
    }

    [Theory]
    [InlineData("http://airflow.example/x/api/v2")]
    [InlineData("https://airflow.example/x/api/v2")]
    [InlineData("http://user:pw@localhost/api/v2")]
    [InlineData("http://localhost/api/v2?x=1")]
    [InlineData("ftp://localhost/api/v2")]
    [InlineData("localhost/api/v2")]
    [InlineData("")]
    public async Task an_address_that_no_token_may_go_to_is_refused(string address)
    {
        var (call, deployment) = await Place("sales-etl");
        deployment.ApiUrl = address;
        await Client.Delete("/_emulator/requests");
        var failure = await Fails<AstroException>("AirflowAddressInvalid", () => Engine.GetDagAsync(call, deployment, Importer));
        Assert.Equal(AstroErrorCategory.SecurityError, failure.Category);
        Assert.Empty(await Requests());
    }

    [Fact]
    public async Task the_bearer_goes_to_the_host_that_astro_names_and_along_no_redirect()
    {
        await using var elsewhere = new RawServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        await using var airflow = new RawServer(_ =>
            $"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var (call, deployment) = await Place("sales-etl");
        deployment.ApiUrl = airflow.Address + "home/api/v2";
        await Fails<AstroApiException>("AirflowRedirected", () => Engine.GetDagAsync(call, deployment, Importer));
        Assert.Contains("Authorization: Bearer " + Owner, Assert.Single(airflow.Heads), StringComparison.Ordinal);
        Assert.Empty(elsewhere.Heads);
    }

    [Fact]
    public async Task who_sleeps_is_told_without_asking_its_airflow()
    {
        var (call, deployment) = await Place("sandbox");
        await Client.Delete("/_emulator/requests");
        var failure = await Fails<AstroException>("AirflowAsleep", () => Engine.GetDagAsync(call, deployment, "hello"));
        Assert.Contains("sandbox", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await Requests());
    }

    [Fact]
    public async Task a_gateway_without_airflow_is_no_missing_DAG()
    {
        var (call, deployment) = await Place("sales-etl");
        await Fault(new { path = "/airflow/", status = 404, html = true });
        await Fails<AstroApiException>("AirflowUnavailable", () => Engine.GetDagAsync(call, deployment, Importer));
        var missing = await Fails<AstroApiException>("AirflowNotFound", () => Engine.GetDagAsync(call, deployment, "none"));
        Assert.Contains("'none'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_role_that_may_not_is_told()
    {
        var deployment = await Engine.GetDeploymentAsync(OwnerCall(), "sales-etl", null);
        var member = Call(Open(Emulator.TokenValue("workspaceMember")));
        Assert.Equal(Importer, (await Engine.GetDagAsync(member, deployment, Importer)).DagId);
        var failure = await Fails<AstroApiException>("AirflowForbidden", () => Engine.SetDagPausedAsync(member, deployment, Importer, true));
        Assert.Equal(AstroErrorCategory.PermissionDenied, failure.Category);
    }

    [Fact]
    public async Task what_airflow_3_does_not_like_comes_with_its_fields()
    {
        var (call, deployment) = await Place("sales-etl");
        var failure = await Fails<AstroApiException>("AirflowInvalidRequest", () => Raw(call, deployment, "POST", $"dags/{Importer}/dagRuns", body: "{}"));
        Assert.Equal("logical_date", Assert.Single(failure.FieldErrors).Field);
    }

    [Fact]
    public async Task lists_go_on_by_what_came_and_not_by_what_was_asked_for()
    {
        var (call, deployment) = await Place("sales-etl");
        await Answer("/dags$", """{"dags":[{"dag_id":"a"},{"dag_id":"b"}],"total_entries":3}""", count: 1);
        await Answer("/dags$", """{"dags":[{"dag_id":"c","is_paused":true}],"total_entries":3}""", count: 1);
        var found = new List<string>();
        await Engine.ListDagsAsync(call, deployment, new() { Matches = id => id != "b" }, page =>
        {
            found.AddRange(page.Select(d => d.DagId));
            return Task.CompletedTask;
        });
        Assert.Equal(["a", "c"], found);
        Assert.Contains("offset=2", (await Requests())[^1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task any_path_can_be_called_and_all_pages_be_had()
    {
        var (call, deployment) = await Place("sales-etl");
        var runs = await Raw(call, deployment, "GET", "/api/v2/dags/daily_sales/dagRuns", query: [new("limit", "5")], all: true);
        Assert.Equal(14, runs.Count);
        await Answer("/version$", """{"version":"3.1.2"}""");
        await Fails<AstroException>("NotPaged", () => Raw(call, deployment, "GET", "version", all: true));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../../../v1/organizations")]
    [InlineData("dags/..%2f..%2fx")]
    [InlineData("https://evil.example/x")]
    [InlineData("//evil.example/x//y")]
    [InlineData("dags?limit=1")]
    [InlineData("api/v2/")]
    public async Task a_path_out_of_the_api_is_refused(string path)
    {
        var (call, deployment) = await Place("sales-etl");
        await Client.Delete("/_emulator/requests");
        await Fails<AstroException>("AirflowPathInvalid", () => Raw(call, deployment, "GET", path));
        Assert.Empty(await Requests());
    }
}
