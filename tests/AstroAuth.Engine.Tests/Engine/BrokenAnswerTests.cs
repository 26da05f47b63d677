using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Answers that stop in the middle, or never come to an end.</summary>
public sealed class BrokenAnswerTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private const string Half = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"organizations\":[";

    [Fact]
    public async Task answer_cut_in_the_middle_is_asked_for_again()
    {
        await Fault(new { path = "/organizations$", truncate = true });
        Assert.Single(await Send("GET", "organizations"));
        Assert.Equal(2, (await Requests(2)).Count);
    }

    [Fact]
    public async Task list_cut_in_the_middle_is_handed_over_once()
    {
        await Fault(new { path = "/tokens$", truncate = true });
        var ids = new List<string>();
        await Engine.ListApiTokensAsync(OwnerCall(), new ApiTokenQuery(), page =>
        {
            ids.AddRange(page.Select(t => t.Id));
            return Task.CompletedTask;
        });
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task answer_that_always_breaks_off_is_a_broken_connection()
    {
        await Fault(new { truncate = true, count = 0 });
        var failure = await Fails<AstroNetworkException>("ConnectionBroken", () => Send("GET", "organizations"));
        Assert.Equal((AstroErrorCategory.ConnectionError, true), (failure.Category, failure.MayHaveTakenEffect));
    }

    [Fact]
    public async Task answer_that_does_not_end_takes_no_longer_than_the_timeout()
    {
        await using var server = new RawServer(_ => Half, hangs: true);
        var call = Call(Open(Owner, domain: server.Domain, timeoutSec: 1));
        var failure = await Fails<AstroNetworkException>("RequestTimeout", () => Send(call, "GET", "organizations"));
        Assert.Equal((AstroErrorCategory.OperationTimeout, true), (failure.Category, failure.MayHaveTakenEffect));
        Assert.Contains("within 1 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task answer_that_does_not_end_is_left_when_the_caller_is()
    {
        await using var server = new RawServer(_ => Half, hangs: true);
        using var stop = new CancellationTokenSource();
        Sink.OnText = text =>
        {
            if (text.Contains(" 200 in ", StringComparison.Ordinal))
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Send(Call(Open(Owner, domain: server.Domain), stop.Token), "GET", "organizations"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<html><title>Sign in</title></html>")]
    [InlineData("{\"organizations\":5}")]
    public async Task good_status_with_a_body_that_cannot_be_read_is_said_so(string body)
    {
        await Answer("/organizations$", body);
        var call = Call(OpenOrganizationUnknown());
        var failure = await Fails<AstroApiException>("InvalidResponse", () => Engine.ListApiTokensAsync(call, new ApiTokenQuery(), _ => Task.CompletedTask));
        Assert.Equal(AstroErrorCategory.ProtocolError, failure.Category);
    }

    [Theory]
    [InlineData("""{"organizations":null,"totalCount":1}""", "NoOrganization")]
    [InlineData("""{"totalCount":0}""", "NoOrganization")]
    public async Task list_without_its_items_is_an_empty_one(string body, string errorId)
    {
        await Answer("/organizations$", body);
        var call = Call(OpenOrganizationUnknown());
        await Fails<AstroException>(errorId, () => Engine.ListApiTokensAsync(call, new ApiTokenQuery(), _ => Task.CompletedTask));
    }

    private AstroConnection OpenOrganizationUnknown() => Open(Emulator.UserToken("owner"), AstroCredentialKind.AccessToken);
}
