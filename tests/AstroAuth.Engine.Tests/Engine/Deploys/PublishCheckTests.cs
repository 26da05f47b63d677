using System.IO;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>What forbids a publication is found before Astro is asked to begin one.</summary>
public sealed class PublishCheckTests(EmulatorFixture fixture) : PublishTest(fixture)
{
    [Fact]
    public Task folder_that_is_not_there() => Refused("FolderNotFound", Request with { Folder = Path.Combine(Folder.Path, "nowhere") }, requests: 0);

    [Fact]
    public async Task folder_without_a_dag()
    {
        File.Delete(Path.Combine(Folder.Path, "dags", "dag.py"));
        Folder.Write("dags/readme.md", "x");
        await Refused("EmptyBundle", Request);
        Assert.Equal("DEPLOYED", (await Publish(Request with { AllowEmpty = true })).Status);
    }

    [Fact]
    public async Task folder_whose_dags_are_all_hidden()
    {
        Folder.Write("dags/.airflowignore", "*.py\n");
        await Refused("EmptyBundle", Request);
    }

    [Fact]
    public Task other_workspace() => Refused("WorkspaceMismatch", Request with { Workspace = "Data Platform" });

    [Fact]
    public Task other_workspace_of_the_connection()
    {
        var connection = Open(Owner).With(null, new AstroPlace(DataPlatform, "Data Platform"), null);
        return Refused("WorkspaceMismatch", Request, Call(connection));
    }

    [Fact]
    public async Task hibernating_deployment()
    {
        await SetStatus(Reporting, "HIBERNATING");
        await Refused("DeploymentHibernating", Request);
    }

    [Fact]
    public async Task person_where_only_tokens_may_deploy()
    {
        var user = Emulator.State.GetProperty("users").GetProperty("owner").GetProperty("accessToken").GetString()!;
        await Refused("CiCdEnforced", Request with { Deployment = SalesEtl }, Call(Open(user, AstroCredentialKind.AccessToken)));
    }

    [Fact]
    public async Task deployment_without_dag_deploys()
    {
        await Answer("/deployments/" + Reporting + "$", JsonSerializer.Serialize(new { id = Reporting, name = "reporting", status = "HEALTHY", workspaceId = Analytics, isDagDeployEnabled = false }));
        await Refused("DagDeployDisabled", Request);
    }

    [Fact]
    public Task too_long_a_description() => Refused("InvalidDeployDescription", Request with { Description = new string('x', 501) }, requests: 0);

    [Fact]
    public async Task the_deployment_decides_how_airflowignore_is_read()
    {
        Folder.Write("dags/.airflowignore", "draft.*\n");
        Folder.Write("dags/my_draft_dag.py");
        // Airflow 3 reads globs, Airflow 2 regular expressions; the setting goes before both.
        Assert.Contains(await Planned("3.0.6", null), f => f == "dags/my_draft_dag.py");
        Assert.DoesNotContain(await Planned("2.10.5", null), f => f == "dags/my_draft_dag.py");
        Assert.DoesNotContain(await Planned("3.0.6", "regexp"), f => f == "dags/my_draft_dag.py");
        Assert.Contains(await Planned("2.10.5", "glob"), f => f == "dags/my_draft_dag.py");
    }

    [Fact]
    public async Task secrets_that_stay_are_told_by_name()
    {
        Folder.Write("dags/.env", "PASSWORD=x");
        Folder.Write("dags/key.pem", "x");
        var plan = await Engine.PlanPublishAsync(OwnerCall(), Request);
        Assert.Equal(["dags/dag.py"], plan.Files.Select(f => f.Path));
        Assert.Contains("'.env', 'key.pem'", Assert.Single(Sink.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "dags/dag.py")]
    [InlineData("", "dag.py")]
    [InlineData("code/dags", "code/dags/dag.py")]
    public async Task base_folder_is_the_folders_name_unless_another_is_given(string? given, string path) =>
        Assert.Equal([path], (await Engine.PlanPublishAsync(OwnerCall(), Request with { BaseFolder = given })).Files.Select(f => f.Path));

    private async Task Refused(string errorId, AstroPublishRequest request, AstroCall? call = null, int? requests = null)
    {
        var failure = await FailsAt(AstroPublishStep.Check, errorId, () => Engine.PlanPublishAsync(call ?? OwnerCall(), request));
        Assert.Null(failure.Failure.DeployId);
        Assert.Empty(await Writes());
        if (requests is { } count)
            Assert.Equal(count, (await Requests()).Count);
    }

    private async Task<IEnumerable<string>> Planned(string airflow, string? setting)
    {
        var variables = setting is null ? [] : new[] { new { key = "AIRFLOW__CORE__DAG_IGNORE_FILE_SYNTAX", value = setting, isSecret = false } };
        await Answer("/deployments/" + Reporting + "$", JsonSerializer.Serialize(new
        {
            id = Reporting, name = "reporting", status = "HEALTHY", workspaceId = Analytics, isDagDeployEnabled = true, airflowVersion = airflow, environmentVariables = variables,
        }), count: 1);
        return (await Engine.PlanPublishAsync(OwnerCall(), Request)).Files.Select(f => f.Path);
    }
}
