using System.Text;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Each answer that is a failure becomes one error with an honest category and a readable sentence.</summary>
public sealed class ApiFailureTests
{
    private const string Body = """{"message":"Name is taken","requestId":"req-1","statusCode":400,"fieldErrors":[{"code":"duplicate","field":"name","message":"must be unique"}]}""";

    private static readonly AstroConnection s_connection = new AstroEngine().Open(new AstroConnectionRequest
    {
        Name = "prod", Domain = "astronomer.io", Kind = AstroCredentialKind.ApiToken, Secret = SecureStrings.Conceal(Forge.ApiToken(id: "clx42")),
        Source = AstroCredentialSource.Parameter, SourceDetail = "-ApiToken",
    });

    [Theory]
    [InlineData(302, "Redirected", AstroErrorCategory.SecurityError)]
    [InlineData(400, "InvalidRequest", AstroErrorCategory.InvalidArgument)]
    [InlineData(401, "Unauthorized", AstroErrorCategory.AuthenticationError)]
    [InlineData(403, "Forbidden", AstroErrorCategory.PermissionDenied)]
    [InlineData(404, "NotFound", AstroErrorCategory.ObjectNotFound)]
    [InlineData(409, "Conflict", AstroErrorCategory.ResourceExists)]
    [InlineData(412, "Conflict", AstroErrorCategory.ResourceExists)]
    [InlineData(429, "TooManyRequests", AstroErrorCategory.ResourceUnavailable)]
    [InlineData(500, "ServerError", AstroErrorCategory.ResourceUnavailable)]
    [InlineData(503, "ServerError", AstroErrorCategory.ResourceUnavailable)]
    [InlineData(405, "UnexpectedStatus", AstroErrorCategory.ProtocolError)]
    [InlineData(418, "UnexpectedStatus", AstroErrorCategory.ProtocolError)]
    public void every_status_has_its_id_and_category(int status, string errorId, AstroErrorCategory category)
    {
        var failure = From(status, Body);
        Assert.Equal((errorId, category, status), (failure.ErrorId, failure.Category, failure.StatusCode));
        Assert.Equal(("req-1", "GET", "/v1/organizations/o1/tokens/t1", "t1"), (failure.RequestId, failure.Method, failure.Path, failure.Target));
        Assert.Equal(("duplicate", "name", "must be unique"), (failure.FieldErrors[0].Code, failure.FieldErrors[0].Field, failure.FieldErrors[0].Message));
    }

    [Fact]
    public void sentence_has_what_astro_said_the_fields_and_the_request_id() =>
        Assert.EndsWith(": Name is taken [name: must be unique] (request req-1).", From(400, Body).Message, StringComparison.Ordinal);

    [Fact]
    public void refused_token_is_named_and_a_guess_made_only_where_astro_is_silent()
    {
        Assert.Contains("The API token clx42 may have been rotated or deleted", From(401, "{}").Message, StringComparison.Ordinal);
        var said = From(401, """{"message":"the API token has expired"}""").Message;
        Assert.Contains("It is the API token clx42.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("may have been", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><head><title>502 Bad\n Gateway</title></head>", "titled '502 Bad Gateway'")]
    [InlineData("<html><body>oops", "a web page answered")]
    [InlineData("<!DOCTYPE html>", "a web page answered")]
    [InlineData("", "the answer has no body")]
    [InlineData("upstream\tfailed\r\n", "upstream failed")]
    [InlineData("""{"message":"cut of""", "{\"message\":\"cut of")]
    [InlineData("""{"message":5}""", "{\"message\":5}")]
    [InlineData("[]", "[]")]
    public void body_that_is_no_error_of_astros_is_described_in_a_line(string body, string described) =>
        Assert.Contains(described, From(502, body).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"message":null,"requestId":null,"fieldErrors":null}""")]
    [InlineData("""{"fieldErrors":[null,{"field":null}]}""")]
    public void error_with_nothing_in_it_is_still_a_sentence(string body) =>
        Assert.EndsWith(".", From(500, body).Message, StringComparison.Ordinal);

    [Fact]
    public void long_text_is_cut()
    {
        var message = From(500, new string('x', 100_000)).Message;
        Assert.InRange(message.Length, 200, 400);
    }

    [Theory]
    [InlineData("""{"message":"a\u001b[31mred\r\nline\u0000\u202e","requestId":"r\n1","fieldErrors":[{"code":"c","field":"f\n","message":"m\u0007"}]}""")]
    [InlineData("a\u001b[31mred\r\nline\u0000\u202e")]
    [InlineData("<title>a\u001b[31m\u202e</title>")]
    public void nothing_that_a_server_says_can_steer_a_terminal(string body)
    {
        foreach (var status in (int[])[302, 400, 401, 403, 404, 409, 418, 429, 500])
        {
            var failure = From(status, body);
            Assert.DoesNotContain(failure.Message, c => char.IsControl(c) || c == '\u202e');
            Assert.DoesNotContain(string.Concat(failure.FieldErrors), char.IsControl);
            Assert.DoesNotContain(failure.RequestId ?? "", char.IsControl);
        }
    }

    [Fact]
    public void bytes_that_are_no_text_are_no_harm() => Assert.NotEmpty(From(500, [0xff, 0xfe, 0x00, 0x1b]).Message);

    [Fact]
    public void wait_that_astro_asks_for_is_said()
    {
        Assert.Contains("wait 30 seconds", From(429, "", TimeSpan.FromSeconds(30)).Message, StringComparison.Ordinal);
        Assert.Contains("wait a while", From(429, "").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void query_is_in_no_sentence() => Assert.DoesNotContain("secret", From(400, Body).ToString(), StringComparison.Ordinal);

    private static AstroApiException From(int status, string body) => From(status, Encoding.UTF8.GetBytes(body));

    private static AstroApiException From(int status, string body, TimeSpan wait) => From(status, Encoding.UTF8.GetBytes(body), wait);

    private static AstroApiException From(int status, byte[] body, TimeSpan? wait = null)
    {
        var request = new ApiRequest(HttpMethod.Get, new Uri("https://api.astronomer.io/v1/organizations/o1/tokens/t1?x=secret"));
        var reply = new ApiReply(request, status) { Body = body, Tries = 1, RetryAfter = wait };
        return ApiFailure.From(reply, new AstroCall(s_connection, new RecordingSink(), default), (AstroSession)s_connection.Session);
    }
}
