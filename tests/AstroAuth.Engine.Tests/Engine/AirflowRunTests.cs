using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Runs of DAGs: started once, and waited for to their end.</summary>
public sealed class AirflowRunTests(EmulatorFixture fixture) : AirflowClientTest(fixture)
{
    private static readonly AstroDagRunWait s_eager = new(TimeSpan.Zero, null);

    [Fact]
    public async Task a_run_whose_answer_is_lost_is_started_once()
    {
        foreach (var (name, dagId) in new[] { ("sales-etl", Importer), ("ingest-legacy", "ingest_orders") })
        {
            var (call, deployment) = await Place(name);
            var before = (await Runs(call, deployment, dagId)).Count;
            await Fault(new { method = "POST", path = "dagRuns$", cut = "after" });
            var run = await Engine.StartDagRunAsync(call, deployment, new() { DagId = dagId });
            Assert.Equal(before + 1, (await Runs(call, deployment, dagId)).Count);
            Assert.Equal(run.RunId, (await Engine.GetDagRunAsync(call, deployment, dagId, run.RunId)).RunId);
        }

        Assert.Equal(4, (await Requests()).Count(r => r.Method == "POST"));
    }

    [Fact]
    public async Task a_run_id_or_a_date_that_is_taken_is_told()
    {
        var (call, deployment) = await Place("sales-etl");
        var date = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));
        var run = await Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer, RunId = "taken", LogicalDate = date, Note = "first" });
        Assert.Equal(("taken", date.ToUniversalTime(), "first"), (run.RunId, run.LogicalDate, run.Note));
        await Fails<AstroException>("DagRunExists", () => Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer, RunId = "taken" }));
        await Fails<AstroException>("DagRunExists", () => Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer, LogicalDate = date }));
    }

    [Fact]
    public async Task a_run_without_a_date_has_none_in_airflow_3_and_the_present_in_airflow_2()
    {
        var (call, three) = await Place("sales-etl");
        Assert.Null((await Engine.StartDagRunAsync(call, three, new() { DagId = Importer })).LogicalDate);
        var two = await Engine.GetDeploymentAsync(call, "ingest-legacy", null);
        Assert.NotNull((await Engine.StartDagRunAsync(call, two, new() { DagId = "ingest_returns" })).LogicalDate);
    }

    [Fact]
    public async Task the_configuration_is_an_object_and_comes_back_as_it_was()
    {
        var (call, deployment) = await Place("sales-etl");
        var run = await Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer, Conf = """{"a":{"b":[1,"x",null]},"c":true}""" });
        Assert.Equal(new object?[] { 1L, "x", null }, ((IReadOnlyDictionary<string, object?>)run.Conf["a"]!)["b"]);
        Assert.Equal(true, run.Conf["c"]);
        foreach (var conf in new object[] { "[1]", "\"text\"", "5", 7, new List<object?> { 1 } })
            await Fails<AstroException>("DagConfInvalid", () => Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer, Conf = conf }));
        await Fails<AstroException>("InvalidBody", () => Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer, Conf = "{" }));
    }

    [Theory]
    [InlineData("success")]
    [InlineData("failed")]
    public async Task waiting_sees_each_state_and_ends_with_the_run(string outcome)
    {
        var (call, deployment) = await Place("sales-etl");
        await Outcome(deployment, outcome);
        var run = await Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer });
        await Client.Post("/_emulator/settings", new { advanceSecondsPerRequest = 4 });
        var seen = new List<string>();
        var ended = await Engine.WaitForDagRunAsync(call, deployment, run, s_eager, r => seen.Add(r.State));
        Assert.Equal(["queued", "running", outcome], seen.Distinct());
        Assert.Equal((outcome, true), (ended.State, ended.HasEnded));
        await Outcome(deployment, "success");
    }

    [Fact]
    public async Task a_bad_minute_does_not_end_the_wait_and_a_bad_hour_does()
    {
        var (call, deployment) = await Place("sales-etl");
        var run = await Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer });
        await Fault(new { method = "GET", path = "dagRuns/", status = 500, count = 4 });
        await Client.Post("/_emulator/settings", new { advanceSecondsPerRequest = 30 });
        Assert.True((await Engine.WaitForDagRunAsync(call, deployment, run, s_eager, _ => { })).HasEnded);
        await Fault(new { method = "GET", path = "dagRuns/", status = 500, count = 0 });
        await Fails<AstroApiException>("AirflowUnavailable", () => Engine.WaitForDagRunAsync(call, deployment, run, s_eager, _ => { }));
    }

    [Fact]
    public async Task a_wait_can_be_stopped_at_once_and_has_an_end()
    {
        using var stop = new CancellationTokenSource();
        var call = OwnerCall(cancellationToken: stop.Token);
        var deployment = await Engine.GetDeploymentAsync(call, "sales-etl", null);
        var run = await Engine.StartDagRunAsync(call, deployment, new() { DagId = Importer });
        var failure = await Fails<AstroException>(
            "DagRunWaitTimeout", () => Engine.WaitForDagRunAsync(call, deployment, run, new(TimeSpan.FromHours(1), TimeSpan.Zero), _ => { }));
        Assert.Equal(AstroErrorCategory.OperationTimeout, failure.Category);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Engine.WaitForDagRunAsync(call, deployment, run, new(TimeSpan.FromHours(1), null), _ => stop.Cancel()));
    }
}
