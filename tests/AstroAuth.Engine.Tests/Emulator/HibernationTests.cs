using System.Text.Json.Nodes;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Deployments that sleep and wake, by somebody's word or by their schedules.</summary>
public sealed class HibernationTests(EmulatorFixture fixture) : DeploymentTest(fixture)
{
    [Fact]
    public async Task an_override_puts_to_sleep_and_wakes_up()
    {
        var id = await Development();
        var over = Deployment(id) + "/hibernation-override";
        var until = (await Client.Get("/_emulator/state"))["now"].GetDateTimeOffset().AddHours(1);
        var asleep = await Client.Post(over, new { isHibernating = true, overrideUntil = until }, Owner);
        Assert.True(asleep["isActive"].GetBoolean());
        Assert.Equal("HIBERNATING", await Status(id));
        await Client.Post(over, new { isHibernating = false }, Owner);
        Assert.Equal("DEPLOYING", await Status(id));
        await Client.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("HEALTHY", await Status(id));

        await Client.Post(over, new { isHibernating = true, overrideUntil = until }, Owner);
        await Client.Post("/_emulator/clock", new { set = until.AddSeconds(2) });
        Assert.Equal("DEPLOYING", await Status(id));
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Delete(over, Owner)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Delete(over, Owner)).Status);
    }

    [Fact]
    public async Task only_development_deployments_hibernate()
    {
        var reply = await Client.Post(Deployment(SalesEtl) + "/hibernation-override", new { isHibernating = true }, Owner);
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        var missing = await Client.Post(Deployment(await Development()) + "/hibernation-override", new { }, Owner);
        Assert.Equal(["isHibernating"], missing.FieldsInError);
    }

    [Fact]
    public async Task schedules_put_to_sleep_and_wake_up_by_the_clock()
    {
        await Client.Post("/_emulator/clock", new { set = "2031-03-03T12:00:00Z" });
        var (_, owner) = await Client.Mint(new { scope = "ORGANIZATION" });
        var spec = JsonNode.Parse("""{"hibernationSpec":{"schedules":[{"hibernateAtCron":"30 18 * * 1-5","wakeAtCron":"0 6,7 * * 1-5","isEnabled":true}]}}""");
        var created = Made(await Client.Post(Deployments, Body("STANDARD", ("isDevelopmentMode", true), ("scalingSpec", spec)).ToJsonString(), owner));
        var id = created.Value("id");
        Assert.Equal("2031-03-03T18:30:00.000Z", created["scalingStatus"].GetProperty("hibernationStatus").GetProperty("nextEventAt").GetString());

        // A Friday's night lasts until Monday.
        foreach (var (time, status) in new[]
        {
            ("2031-03-03T18:29:00Z", "HEALTHY"), ("2031-03-03T18:31:00Z", "HIBERNATING"), ("2031-03-04T06:00:05Z", "DEPLOYING"),
            ("2031-03-04T06:00:15Z", "HEALTHY"), ("2031-03-08T12:00:00Z", "HIBERNATING"), ("2031-03-10T06:01:00Z", "HEALTHY"),
        })
        {
            await Client.Post("/_emulator/clock", new { set = time });
            (_, owner) = await Client.Mint(new { scope = "ORGANIZATION" });
            Assert.Equal((time, status), (time, (await Client.Get(Deployment(id), owner)).Value("status")));
        }
    }

    private async Task<string> Development()
    {
        var id = (await Create(Body("STANDARD", ("isDevelopmentMode", true)))).Value("id");
        await Client.Advance(TimeSpan.FromMinutes(1));
        return id;
    }

    private async Task<string> Status(string id) => (await Client.Get(Deployment(id), Owner)).Value("status");
}
