using System.Diagnostics;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Faults do what they say, to the requests they say, as often as they say.</summary>
public sealed class FaultTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact]
    public async Task status_and_retry_after_hit_the_matching_request_once()
    {
        await Fault(new { method = "GET", path = "/organizations$", status = 429, retryAfter = "7" });
        Assert.Equal(HttpStatusCode.OK, (await Client.Get(Tokens, Owner)).Status);
        var hit = await Client.Get("/v1/organizations", Owner);
        Assert.Equal(HttpStatusCode.TooManyRequests, hit.Status);
        Assert.Equal(TimeSpan.FromSeconds(7), hit.Message.Headers.RetryAfter?.Delta);
        Assert.Equal(429, hit["statusCode"].GetInt32());
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(Owner));
        Assert.Equal(1, (await Client.Get("/_emulator/faults")).Json[0].GetProperty("fired").GetInt32());
    }

    [Fact]
    public async Task skip_and_count_choose_which_requests_suffer()
    {
        await Fault(new { skip = 1, count = 2, status = 502 });
        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
            statuses.Add((int)await Client.StatusWith(Owner));
        Assert.Equal([200, 502, 502, 200], statuses);
    }

    [Fact]
    public async Task count_zero_lasts_until_cleared()
    {
        await Fault(new { count = 0, status = 503 });
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Client.StatusWith(Owner));
        await Client.Delete("/_emulator/faults");
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(Owner));
    }

    [Fact]
    public async Task cut_before_changes_nothing()
    {
        var created = await CreateWorkspaceToken();
        await Fault(new { method = "POST", path = "/rotate$", cut = "before" });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client.Post($"{Tokens}/{created.Value("id")}/rotate", null, Owner));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(created.Value("token")));
    }

    [Fact]
    public async Task cut_after_has_changed_it()
    {
        var created = await CreateWorkspaceToken();
        await Fault(new { method = "POST", path = "/rotate$", cut = "after" });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client.Post($"{Tokens}/{created.Value("id")}/rotate", null, Owner));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(created.Value("token")));
        Assert.True((await Client.Get($"{Tokens}/{created.Value("id")}", Owner)).Has("lastRotatedAt"));
    }

    [Fact]
    public async Task truncated_body_breaks_off_with_the_change_made()
    {
        var created = await CreateWorkspaceToken();
        await Fault(new { path = "/rotate$", truncate = true });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Tokens}/{created.Value("id")}/rotate");
        request.Headers.Authorization = new("Bearer", Owner);
        using var response = await Client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(created.Value("token")));
    }

    [Fact]
    public async Task html_empty_and_own_bodies_come_as_asked()
    {
        await Fault(new { html = true, status = 502 });
        var html = await Client.Get("/v1/organizations", Owner);
        Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (html.Status, html.Message.Content.Headers.ContentType?.MediaType));
        await Client.Delete("/_emulator/faults");
        await Fault(new { empty = true, status = 500 });
        Assert.Equal("", (await Client.Get("/v1/organizations", Owner)).Text);
        await Client.Delete("/_emulator/faults");
        await Fault(new { body = "{\"organizations\":", status = 200, headers = new Dictionary<string, string> { ["Content-Type"] = "text/x" } });
        Assert.Equal("{\"organizations\":", (await Client.Get("/v1/organizations", Owner)).Text);
    }

    [Fact]
    public async Task faults_reach_the_login_and_never_the_control_api()
    {
        await Fault(new { count = 0, status = 500 });
        Assert.Equal(HttpStatusCode.InternalServerError, (await Client.Get("/private/v1alpha1/cli/auth-config")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await Client.Form("/oauth/token", ("grant_type", "refresh_token"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Get("/_emulator/state")).Status);
    }

    [Fact]
    public async Task delayed_request_stops_waiting_when_its_client_goes_away()
    {
        await Fault(new { delayMs = 600_000 });
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Client.Http.GetAsync(new Uri("/v1/organizations", UriKind.Relative), soon.Token));
        var watch = Stopwatch.StartNew();
        // The log has the request once it has ended.
        while ((await Client.Get("/_emulator/requests")).Json.GetArrayLength() == 0)
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "the request is still waiting");
    }

    [Fact]
    public async Task latency_delays_every_answer()
    {
        await Client.Post("/_emulator/settings", new { latencyMs = 150 });
        var watch = Stopwatch.StartNew();
        await Client.StatusWith(Owner);
        Assert.True(watch.ElapsedMilliseconds >= 140);
    }

    [Fact]
    public async Task bad_fault_is_refused()
    {
        var reply = await Client.Post("/_emulator/faults", new { path = "(", cut = "sideways", colour = "red" });
        Assert.Equal(["colour", "cut", "path"], reply.FieldsInError.Order());
    }

    private async Task Fault(object fault) => Assert.Equal(HttpStatusCode.OK, (await Client.Post("/_emulator/faults", fault)).Status);
}
