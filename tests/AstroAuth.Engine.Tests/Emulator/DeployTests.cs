using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Deploys: their three steps, who may take them, and what a deployment does after them.</summary>
public sealed class DeployTests(EmulatorFixture fixture) : DeployTest(fixture)
{
    [Fact]
    public async Task finalized_DAGs_run_after_a_while()
    {
        var (id, version) = await DeployDags(Fresh, "dags/one.py", "dags/two.py");
        var busy = await Client.Get(Deployment(Fresh), Owner);
        Assert.Equal("DEPLOYING", busy.Value("status"));
        Assert.Equal(version, busy.Value("desiredDagTarballVersion"));
        Assert.False(busy.Has("dagTarballVersion") && busy.Value("dagTarballVersion") == version);

        await Client.Advance(TimeSpan.FromSeconds(11));
        var done = await Client.Get(Deployment(Fresh), Owner);
        Assert.Equal("HEALTHY", done.Value("status"));
        Assert.Equal(version, done.Value("dagTarballVersion"));
        var bundle = await Client.Get($"/_emulator/deployments/{Fresh}/bundle");
        Assert.Equal(["dags/one.py", "dags/two.py"], bundle["entries"].EnumerateArray().Select(e => e.GetProperty("name").GetString()!));
        Assert.Equal("DEPLOYED", (await Client.Get($"{Deploys(Fresh)}/{id}", Owner)).Value("status"));
    }

    [Fact]
    public async Task deploys_are_listed_newest_first_and_show_no_upload_address()
    {
        var (first, _) = await DeployDags(Fresh, "dags/a.py");
        var (second, _) = await DeployDags(Fresh, "dags/b.py");
        var list = await Client.Get(Deploys(Fresh) + "?limit=2", Owner);
        Assert.Equal([second, first], list["deploys"].EnumerateArray().Select(d => d.GetProperty("id").GetString()!));
        Assert.DoesNotContain("UploadUrl", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("UploadUrl", (await Client.Get($"{Deploys(Fresh)}/{first}", Owner)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task enforced_CI_CD_lets_API_tokens_and_keys_deploy_and_no_person()
    {
        var enforced = await MakeDeployment(DataPlatform);
        var (_, deployer) = await Client.Mint(new { scope = "DEPLOYMENT", role = "DAG Deployer", entityId = enforced });
        var body = new { type = "DAG_ONLY" };
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Post(Deploys(enforced), body, Emulator.UserToken("owner"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Post(Deploys(enforced), body, deployer)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Post(Deploys(Fresh), body, Emulator.UserToken("owner"))).Status);
    }

    [Theory]
    [InlineData("workspaceAuthor", HttpStatusCode.OK)]
    [InlineData("deploymentDeployer", HttpStatusCode.OK)]
    [InlineData("workspaceMember", HttpStatusCode.Forbidden)]
    [InlineData("organizationMember", HttpStatusCode.Forbidden)]
    public async Task deploying_needs_its_permission(string key, HttpStatusCode expected)
    {
        Assert.Equal(expected, (await Client.Post(Deploys(SalesEtl), new { type = "DAG_ONLY" }, Emulator.TokenValue(key))).Status);
    }

    [Fact]
    public async Task who_deploys_only_may_neither_look_back_nor_roll_back()
    {
        var (id, _) = await DeployDags(Fresh, "dags/a.py");
        var (_, deployer) = await Client.Mint(new { scope = "DEPLOYMENT", role = "DAG Deployer", entityId = Fresh });
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Get(Deploys(Fresh), deployer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Post($"{Deploys(Fresh)}/{id}/rollback", new { }, deployer)).Status);
    }

    [Fact]
    public async Task a_hibernating_deployment_takes_no_deploy()
    {
        var (id, url) = await CreateDeploy(Fresh);
        var version = await Upload(url, Bundle("dags/a.py"));
        await SetStatus(Fresh, "HIBERNATING");
        var created = await Client.Post(Deploys(Fresh), new { type = "DAG_ONLY" }, Owner);
        Assert.Equal(HttpStatusCode.BadRequest, created.Status);
        Assert.Contains("hibernating", created.Value("message"), StringComparison.Ordinal);
        var finalized = await Client.Post($"{Deploys(Fresh)}/{id}/finalize", new { dagTarballVersion = version }, Owner);
        Assert.Equal(HttpStatusCode.BadRequest, finalized.Status);
    }

    [Theory]
    [InlineData("""{}""", "type")]
    [InlineData("""{"type":"DAGS"}""", "type")]
    [InlineData("""{"type":"DAG_ONLY","color":1}""", "color")]
    [InlineData("""{"type":"BUNDLE"}""", "bundleMountPath")]
    [InlineData("""{"type":"DAG_ONLY","bundleType":"dbt"}""", "bundleType")]
    [InlineData("""{"type":"DAG_ONLY","git":{"provider":"GITHUB","commitSha":"1"}}""", "git.account")]
    [InlineData("""{"type":"DAG_ONLY","git":{"provider":"GENERIC","commitSha":"1"}}""", "git.remoteUrl")]
    [InlineData("""{"type":"DAG_ONLY","git":{"provider":"GITHUB","commitSha":"1","account":"a","repo":"r","remoteUrl":"u"}}""", "git.remoteUrl")]
    [InlineData("""{"type":"DAG_ONLY","git":{"provider":"GITHUB","account":"a","repo":"r","commitSha":"1","tag":"t"}}""", "git.tag")]
    public async Task what_is_wrong_with_a_deploy_is_named(string body, string field)
    {
        var reply = await Client.Post(Deploys(Fresh), body, Owner);
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains(field, reply.FieldsInError);
    }

    [Fact]
    public async Task only_an_uploaded_version_can_be_finalized()
    {
        var (id, _) = await CreateDeploy(Fresh);
        foreach (var body in new object[] { new { }, new { dagTarballVersion = "" }, new { dagTarballVersion = "2024-01-12T18:32:20.5898930Z" } })
        {
            var reply = await Client.Post($"{Deploys(Fresh)}/{id}/finalize", body, Owner);
            Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
            Assert.Equal(["dagTarballVersion"], reply.FieldsInError);
        }

        Assert.Equal("INITIALIZED", (await Client.Get($"{Deploys(Fresh)}/{id}", Owner)).Value("status"));
    }

    [Fact]
    public async Task finalizing_again_changes_nothing_and_another_version_is_refused()
    {
        var (id, version) = await DeployDags(Fresh, "dags/a.py");
        var (_, url) = await CreateDeploy(Fresh);
        var other = await Upload(url, Bundle("dags/b.py"));
        var before = (await Client.Get($"{Deploys(Fresh)}/{id}", Owner)).Text;
        Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{Deploys(Fresh)}/{id}/finalize", new { dagTarballVersion = version }, Owner)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post($"{Deploys(Fresh)}/{id}/finalize", new { dagTarballVersion = other }, Owner)).Status);
        Assert.Equal(before, (await Client.Get($"{Deploys(Fresh)}/{id}", Owner)).Text);
    }

    [Fact]
    public async Task what_cannot_be_unpacked_makes_the_deployment_unhealthy_and_the_old_DAGs_stay()
    {
        var (_, good) = await DeployDags(Fresh, "dags/a.py");
        await Client.Advance(TimeSpan.FromHours(1));
        var (id, url) = await CreateDeploy(Fresh);
        var bad = await Upload(url, [0x1f, 0x8b, 1, 2, 3]);
        await Client.Post($"{Deploys(Fresh)}/{id}/finalize", new { dagTarballVersion = bad }, Owner);
        await Client.Advance(TimeSpan.FromSeconds(11));
        var deployment = await Client.Get(Deployment(Fresh), Owner);
        Assert.Equal("UNHEALTHY", deployment.Value("status"));
        Assert.Contains("unpacked", deployment.Value("statusReason"), StringComparison.Ordinal);
        Assert.Equal(good, deployment.Value("dagTarballVersion"));
        await DeployDags(Fresh, "dags/a.py");
        await Client.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("HEALTHY", (await Client.Get(Deployment(Fresh), Owner)).Value("status"));
    }

    [Fact]
    public async Task rolling_back_is_a_new_deploy_with_the_old_DAGs()
    {
        var (first, version) = await DeployDags(Fresh, "dags/a.py");
        await DeployDags(Fresh, "dags/b.py");
        var rolled = await Client.Post($"{Deploys(Fresh)}/{first}/rollback", new { description = "back" }, Owner);
        Assert.Equal(HttpStatusCode.OK, rolled.Status);
        Assert.Equal(first, rolled.Value("rollbackFromId"));
        Assert.NotEqual(first, rolled.Value("id"));
        Assert.Equal(version, rolled.Value("dagTarballVersion"));
        Assert.Equal(version, (await Client.Get(Deployment(Fresh), Owner)).Value("desiredDagTarballVersion"));
    }

    [Fact]
    public async Task neither_unfinished_nor_old_deploys_can_be_rolled_back_to()
    {
        var (unfinished, _) = await CreateDeploy(Fresh);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post($"{Deploys(Fresh)}/{unfinished}/rollback", new { }, Owner)).Status);
        var (old, _) = await DeployDags(Fresh, "dags/a.py");
        await Client.Advance(TimeSpan.FromDays(91));
        var (_, owner) = await Client.Mint(new { scope = "ORGANIZATION" });
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post($"{Deploys(Fresh)}/{old}/rollback", new { }, owner)).Status);
    }

    [Fact]
    public async Task a_description_can_be_changed()
    {
        var (id, _) = await DeployDags(Fresh, "dags/a.py");
        var changed = await Client.Post($"{Deploys(Fresh)}/{id}", new { description = "the nightly fix" }, Owner);
        Assert.Equal("the nightly fix", changed.Value("description"));
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post($"{Deploys(Fresh)}/{id}", new { description = new string('x', 501) }, Owner)).Status);
    }

    [Fact]
    public async Task a_bundle_is_mounted_beside_the_DAGs_and_an_empty_version_removes_it()
    {
        var mount = new { type = "BUNDLE", bundleType = "dbt", bundleMountPath = "/usr/local/airflow/dbt/shop" };
        var dags = (await Client.Get(Deployment(Fresh), Owner)) is var d && d.Has("desiredDagTarballVersion") ? d.Value("desiredDagTarballVersion") : null;
        var (id, url) = await CreateDeploy(Fresh, mount);
        var version = await Upload(url, Bundle("dbt_project.yml"));
        var done = await Client.Post($"{Deploys(Fresh)}/{id}/finalize", new { bundleTarballVersion = version }, Owner);
        Assert.Equal(version, Assert.Single(done["bundles"].EnumerateArray()).GetProperty("desiredVersion").GetString());
        var bundle = $"/_emulator/deployments/{Fresh}/bundle?mountPath=/usr/local/airflow/dbt/shop";
        Assert.Equal(version, (await Client.Get(bundle)).Value("version"));
        var after = await Client.Get(Deployment(Fresh), Owner);
        Assert.Equal(dags, after.Has("desiredDagTarballVersion") ? after.Value("desiredDagTarballVersion") : null);

        var (remove, _) = await CreateDeploy(Fresh, mount);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post($"{Deploys(Fresh)}/{remove}/finalize", new { }, Owner)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{Deploys(Fresh)}/{remove}/finalize", new { bundleTarballVersion = "" }, Owner)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(bundle)).Status);
    }
}
