using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>Waiting ends when the deployment runs the version, and when it never will; going back is a deploy of its own.</summary>
public sealed class DeployWaitTests(EmulatorFixture fixture) : PublishTest(fixture)
{
    [Fact]
    public async Task ends_when_the_deployment_runs_the_version()
    {
        await SetStatus(Reporting, null);
        await Client.Post("/_emulator/settings", new { advanceSecondsPerRequest = 4, deploySeconds = 30 });
        var deploy = await Publish(Request with { Wait = true });
        var deployment = await Engine.GetDeploymentAsync(OwnerCall(), Reporting, null);
        Assert.Equal(deploy.DagTarballVersion, deployment.DagTarballVersion);
        // The clock of the engine rings at once: each wait is one that was asked for.
        Assert.True(Clock.Waits.Count(w => w == TimeSpan.FromSeconds(5)) >= 2);
    }

    [Fact]
    public async Task ends_with_the_reason_when_the_deployment_becomes_unhealthy()
    {
        await Client.Post("/_emulator/settings", new { deploySeconds = 3600 });
        await Answer($"/deployments/{Reporting}$", Deployment("HEALTHY", null, null), count: 1);
        await Fault(new { method = "GET", path = $"/deployments/{Reporting}$", body = Deployment("UNHEALTHY", "The scheduler died.", null), status = 200, count = 0, skip = 1 });
        var failure = await FailsAt(AstroPublishStep.Wait, "DeploymentUnhealthy", () => Publish(Request with { Wait = true }));
        Assert.Contains("The scheduler died", failure.Message, StringComparison.Ordinal);
        Assert.Equal("DEPLOYED", failure.Failure.DeployStatus);
    }

    [Fact]
    public async Task gives_a_deployment_that_was_unhealthy_before_the_time_to_recover()
    {
        await SetStatus(Reporting, "UNHEALTHY", "It was so before");
        await Client.Post("/_emulator/settings", new { deploySeconds = 3600 });
        await FailsAt(AstroPublishStep.Wait, "DeployWaitTimeout", () => Publish(Request with { Wait = true, Patience = TimeSpan.FromSeconds(20) }));
        Assert.Equal(4, Clock.Waits.Count(w => w == TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task ends_when_somebody_published_after_it()
    {
        await Answer($"/deployments/{Reporting}$", Deployment("HEALTHY", null, null), count: 1);
        await Fault(new { method = "GET", path = $"/deployments/{Reporting}$", body = Deployment("DEPLOYING", null, "2099-01-01T00:00:00.0000000Z"), status = 200, count = 0, skip = 1 });
        await FailsAt(AstroPublishStep.Wait, "DeploySuperseded", () => Publish(Request with { Wait = true }));
    }

    [Fact]
    public async Task hibernating_deployment_is_woken_for_an_hour_and_takes_the_deploy()
    {
        var sandbox = $"{Client.Organization}/deployments/{Emulator.DeploymentId("sandbox")}";
        await Client.Post(sandbox + "/hibernation-override", new { isHibernating = true }, Owner);
        await Client.Post("/_emulator/settings", new { advanceSecondsPerRequest = 60 });
        try
        {
            var deploy = await Publish(Request with { Deployment = Emulator.DeploymentId("sandbox"), Wake = true });
            Assert.Equal("DEPLOYED", deploy.Status);
            var over = (await Client.Get(sandbox, Owner))["scalingSpec"].GetProperty("hibernationSpec").GetProperty("override");
            Assert.False(over.GetProperty("isHibernating").GetBoolean());
            Assert.InRange(over.GetProperty("overrideUntil").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
        }
        finally
        {
            await Client.Post(sandbox + "/hibernation-override", new { isHibernating = true }, Owner);
        }
    }

    [Fact]
    public async Task going_back_is_a_new_deploy_with_the_old_version()
    {
        var first = await Publish(Request with { Description = "good" });
        Folder.Write("dags/dag.py", "broken(\n");
        await Publish();
        var back = await Engine.RollBackAsync(OwnerCall(), new AstroRollback(first) { Description = "back" }, null);
        Assert.Equal((first.Id, first.DagTarballVersion, "back"), (back.RollbackFromId, back.DagTarballVersion, back.Description));
        Assert.Equal(first.DagTarballVersion, (await Bundle()).GetProperty("version").GetString());
    }

    [Fact]
    public async Task lost_answer_to_going_back_is_found_and_not_sent_again()
    {
        var first = await Publish();
        await Fault(new { method = "POST", path = "/rollback$", cut = "after" });
        var back = await Engine.RollBackAsync(OwnerCall(), new AstroRollback(first), null);
        Assert.Equal(first.Id, back.RollbackFromId);
        Assert.Single(await Requests(), r => r.Path.EndsWith("/rollback", StringComparison.Ordinal));
    }

    [Fact]
    public async Task unfinished_deploy_cannot_be_gone_back_to()
    {
        var begun = await Client.Post(Deploys, new { type = "DAG_ONLY" }, Owner);
        var deploy = await Engine.GetDeployAsync(OwnerCall(), begun.Value("id"), Reporting, null);
        await Fails<AstroException>("NotDeployed", () => Engine.RollBackAsync(OwnerCall(), new AstroRollback(deploy), null));
        Assert.DoesNotContain(await Requests(), r => r.Path.EndsWith("/rollback", StringComparison.Ordinal));
    }

    private string Deployment(string status, string? reason, string? desired) => JsonSerializer.Serialize(new
    {
        id = Reporting, name = "reporting", status, statusReason = reason, workspaceId = Analytics, isDagDeployEnabled = true, airflowVersion = "3.0.6", desiredDagTarballVersion = desired,
    });
}
