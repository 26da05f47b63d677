using System.Net.Http.Headers;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>An Astro of answers that were written down, one of which is exchanged for another.</summary>
internal sealed class CannedAstro(IReadOnlyDictionary<string, byte[]> answers) : HttpMessageHandler
{
    /// <summary>The path whose answer is another one.</summary>
    public string? Path { get; set; }

    /// <summary>That answer.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>Its status.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>Whether it was asked for.</summary>
    public bool IsAsked { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var isChanged = path == Path;
        IsAsked |= isChanged;
        var isKnown = answers.TryGetValue(path, out var known);
        var content = new ByteArrayContent(isChanged ? Body : known ?? "{\"message\":\"not here\"}"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Task.FromResult(new HttpResponseMessage(isChanged ? Status : isKnown ? HttpStatusCode.OK : HttpStatusCode.NotFound) { Content = content, RequestMessage = request });
    }
}
