using System.IO;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>Publishing: what arrives, what is looked into when an answer is lost, and what is said where it ends early.</summary>
public sealed class PublishTests(EmulatorFixture fixture) : PublishTest(fixture)
{
    [Fact]
    public async Task folder_arrives_and_the_deploy_says_what_it_is()
    {
        Folder.Write("dags/lib/util.py", "y = 2\n");
        var deploy = await Publish(Request with { Description = "first" });
        Assert.Equal(("DEPLOYED", "DAG_ONLY", "first"), (deploy.Status, deploy.Type, deploy.Description));
        var bundle = await Bundle();
        Assert.Equal(deploy.DagTarballVersion, bundle.GetProperty("version").GetString());
        Assert.Equal(["dags/dag.py", "dags/lib/util.py"], bundle.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, bundle.TryGetProperty("problem", out var problem) ? problem.ValueKind : JsonValueKind.Null);
    }

    [Fact]
    public async Task same_folder_is_the_same_bytes_again()
    {
        await Publish();
        var first = (await Bundle()).GetProperty("sha256").GetString();
        File.SetLastWriteTimeUtc(Path.Combine(Folder.Path, "dags", "dag.py"), DateTime.UtcNow.AddDays(-9));
        await Publish();
        Assert.Equal(first, (await Bundle()).GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task lost_answer_to_the_beginning_is_told_and_it_is_begun_once_more()
    {
        await Fault(new { method = "POST", path = "/deploys$", cut = "after" });
        var deploy = await Publish();
        Assert.Equal("DEPLOYED", deploy.Status);
        var left = (await Client.Get(Deploys, Owner))["deploys"].EnumerateArray().First(d => d.GetProperty("status").GetString() == "INITIALIZED").GetProperty("id").GetString()!;
        Assert.Contains(Sink.Warnings, w => w.Contains("was lost", StringComparison.Ordinal) && w.Contains(left, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("after", 1)]
    [InlineData("before", 2)]
    public async Task lost_answer_to_the_finishing_is_looked_into(string cut, int finalized)
    {
        await Fault(new { method = "POST", path = "/finalize$", cut });
        Assert.Equal("DEPLOYED", (await Publish()).Status);
        Assert.Equal(finalized, (await Requests()).Count(r => r.Path.EndsWith("/finalize", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task finishing_that_stays_unknown_is_said_to_be_unknown()
    {
        await Fault(new { method = "POST", path = "/finalize$", cut = "before", count = 0 });
        var failure = await FailsAt(AstroPublishStep.Finalize, "ConnectionBroken", () => Publish());
        Assert.Equal("UNKNOWN", failure.Failure.DeployStatus);
    }

    [Fact]
    public async Task narrow_token_publishes_though_it_may_not_look_at_deploys()
    {
        var (_, value) = await Client.Mint(new { scope = "DEPLOYMENT", entityId = Reporting, role = "DAG Deployer" });
        Assert.Equal("DEPLOYED", (await Publish(Call(Open(value)))).Status);
        Assert.Empty(Sink.Warnings);
    }

    [Fact]
    public async Task stopping_ends_the_upload_and_nothing_is_finished()
    {
        using var stop = new CancellationTokenSource();
        await Fault(new { method = "PUT", hold = "before" });
        var publishing = Publish(OwnerCall(cancellationToken: stop.Token));
        while ((await Client.Get("/_emulator/faults")).Json[0].GetProperty("held").GetInt32() == 0)
            await Task.Yield();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
        Assert.DoesNotContain(await Requests(), r => r.Path.EndsWith("/finalize", StringComparison.Ordinal));
    }

    [Fact]
    public async Task unreadable_file_is_met_before_a_deploy_is_begun()
    {
        var call = OwnerCall();
        var plan = await Engine.PlanPublishAsync(call, Request);
        File.Delete(Path.Combine(Folder.Path, "dags", "dag.py"));
        var failure = await FailsAt(AstroPublishStep.Bundle, "BundleUnreadable", () => Engine.PublishAsync(call, plan, null));
        Assert.Null(failure.Failure.DeployId);
        Assert.Empty(await Writes());
    }

    [Fact]
    public async Task other_bundle_goes_without_a_base_folder_and_is_taken_away_again()
    {
        Folder.Write("dags/dbt_project.yml", "name: x\n");
        var dbt = Request with { BundleType = "dbt", MountPath = "/usr/local/airflow/dbt/x", Wait = true };
        await Client.Post("/_emulator/settings", new { advanceSecondsPerRequest = 30 });
        var deploy = await Publish(dbt);
        Assert.Equal(("BUNDLE", "DEPLOYED"), (deploy.Type, deploy.Status));
        Assert.Equal(["dag.py", "dbt_project.yml"], (await Bundle("?mountPath=/usr/local/airflow/dbt/x")).GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("name").GetString()));
        await Publish(dbt with { Folder = null });
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get($"/_emulator/deployments/{Reporting}/bundle?mountPath=/usr/local/airflow/dbt/x")).Status);
    }
}
