using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>A held request stays where it is until it is let go, or its caller has gone.</summary>
public sealed class HoldTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact]
    public async Task a_request_held_before_has_changed_nothing_and_goes_on_when_released()
    {
        var created = await CreateWorkspaceToken();
        await Hold("before");
        var rotated = Rotate(created, CancellationToken.None);
        await UntilHeld(1);
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(created.Value("token")));
        await Client.Delete("/_emulator/faults");
        Assert.Equal(HttpStatusCode.OK, (await rotated).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(created.Value("token")));
    }

    [Fact]
    public async Task a_request_held_after_has_changed_it_and_keeps_its_answer_until_released()
    {
        var created = await CreateWorkspaceToken();
        await Hold("after");
        var rotated = Rotate(created, CancellationToken.None);
        await UntilHeld(1);
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(created.Value("token")));
        Assert.False(rotated.IsCompleted);
        await Client.Delete("/_emulator/faults");
        Assert.Contains("eyJ", await (await rotated).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_request_held_before_is_never_carried_out_when_its_caller_goes()
    {
        var created = await CreateWorkspaceToken();
        await Hold("before");
        using var patience = new CancellationTokenSource();
        var rotated = Rotate(created, patience.Token);
        await UntilHeld(1);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rotated);
        await UntilHeld(0);
        await Client.Delete("/_emulator/faults");
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(created.Value("token")));
    }

    [Fact]
    public async Task one_fault_can_be_taken_away_and_the_others_stay()
    {
        var first = (await Client.Post("/_emulator/faults", new { status = 503, path = "/nowhere" }))["id"].GetInt32();
        await Client.Post("/_emulator/faults", new { status = 502, count = 0 });
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Delete($"/_emulator/faults/{first}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Delete($"/_emulator/faults/{first}")).Status);
        Assert.Equal(HttpStatusCode.BadGateway, await Client.StatusWith(Owner));
    }

    private async Task Hold(string when) =>
        Assert.Equal(HttpStatusCode.OK, (await Client.Post("/_emulator/faults", new { method = "POST", path = "/rotate$", hold = when })).Status);

    private async Task<HttpResponseMessage> Rotate(Reply created, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Tokens}/{created.Value("id")}/rotate");
        request.Headers.Authorization = new("Bearer", Owner);
        return await Client.Http.SendAsync(request, cancellationToken);
    }

    private async Task UntilHeld(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((await Client.Get("/_emulator/faults")).Json[0].GetProperty("held").GetInt32() != count)
            patience.Token.ThrowIfCancellationRequested();
    }
}
