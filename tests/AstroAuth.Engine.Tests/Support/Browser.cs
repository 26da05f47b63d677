using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Tests.Support;

/// <summary>A person at the login page: follows redirects, fills in forms, stops where the callback would begin.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(string address) => _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = new Uri(address),
        Timeout = TimeSpan.FromSeconds(30),
    };

    public const string Callback = "http://localhost:12345/callback";

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>A correct authorization request; entries replace or, with null, remove its parameters.</summary>
    public string AuthorizeUrl(string clientId, params IEnumerable<(string Name, string? Value)> changes)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = clientId, ["audience"] = "astronomer-ee", ["prompt"] = "login", ["redirect_uri"] = Callback,
            ["scope"] = "openid profile email offline_access", ["response_type"] = "code", ["response_mode"] = "query",
            ["code_challenge"] = Challenge, ["code_challenge_method"] = "S256", ["state"] = "some state", ["nonce"] = "some-nonce",
        };
        foreach (var (name, value) in changes)
            query[name] = value;
        return "/authorize?" + string.Join('&', query.Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
    }

    /// <summary>Opens a page and follows the emulator's own redirects.</summary>
    public async Task<Reply> Open(string url) => await Follow(await _http.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute)));

    public async Task<Reply> Submit(Reply page, string action, params IEnumerable<(string Name, string Value)> fields)
    {
        var target = FormAction().Match(page.Text).Groups[1].Value;
        var values = HiddenField().Matches(page.Text).Select(m => (Name: m.Groups[1].Value, Value: m.Groups[2].Value))
            .Concat(fields).Append(("action", action))
            .GroupBy(f => f.Item1).ToDictionary(g => g.Key, g => g.Last().Item2);
        using var content = new FormUrlEncodedContent(values);
        return await Follow(await _http.PostAsync(new Uri(target, UriKind.Relative), content));
    }

    /// <summary>A whole login; the answer is the query of the callback.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LogIn(string url, JsonElement user)
    {
        var page = await Submit(await Open(url), "continue", ("email", user.GetProperty("email").GetString()!));
        return CallbackOf(await Submit(page, "continue", ("password", user.GetProperty("password").GetString()!)));
    }

    public static IReadOnlyDictionary<string, string> CallbackOf(Reply reply)
    {
        var location = reply.Message.Headers.Location;
        Assert.StartsWith(Callback + "?", location?.AbsoluteUri, StringComparison.Ordinal);
        return location!.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2))
            .ToDictionary(p => p[0], p => WebUtility.UrlDecode(p[1]));
    }

    public void Dispose() => _http.Dispose();

    private async Task<Reply> Follow(HttpResponseMessage message)
    {
        while (message.Headers.Location is { } location && !location.OriginalString.StartsWith(Callback, StringComparison.Ordinal))
            message = await _http.GetAsync(location);
        return await EmulatorClient.Read(message);
    }

    [GeneratedRegex("""<form method="post" action="([^"]*)">""")]
    private static partial Regex FormAction();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex HiddenField();
}
