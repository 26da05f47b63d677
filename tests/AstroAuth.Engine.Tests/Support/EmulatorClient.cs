using System.Net.Http.Headers;
using System.Text;

namespace AstroAuth.Engine.Tests.Support;

/// <summary>What came back: the status, the text and, where it is JSON, its root.</summary>
public sealed record Reply(HttpStatusCode Status, string Text, JsonElement Json, HttpResponseMessage Message)
{
    public JsonElement this[string name] => Json.GetProperty(name);

    public string Value(string name) => Json.GetProperty(name).GetString()!;

    public bool Has(string name) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out _);

    public IReadOnlyList<string> FieldsInError => Has("fieldErrors")
        ? [.. Json.GetProperty("fieldErrors").EnumerateArray().Select(e => e.GetProperty("field").GetString()!)]
        : [];
}

/// <summary>Plain HTTP to an emulator; nothing of the module is in between.</summary>
public sealed class EmulatorClient(EmulatorProcess emulator) : IDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = new Uri(emulator.Address),
        Timeout = TimeSpan.FromSeconds(30),
    };

    public string Organization => $"/v1/organizations/{emulator.OrganizationId}";

    public Task<Reply> Get(string path, string? token = null) => Send(HttpMethod.Get, path, token);

    public Task<Reply> Post(string path, object? body = null, string? token = null) => Send(HttpMethod.Post, path, token, body);

    public Task<Reply> Delete(string path, string? token = null) => Send(HttpMethod.Delete, path, token);

    public async Task<Reply> Send(HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await Read(await Http.SendAsync(request));
    }

    public async Task<Reply> Form(string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await Read(await Http.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    public static async Task<Reply> Read(HttpResponseMessage message)
    {
        var text = await message.Content.ReadAsStringAsync();
        var isJson = message.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0;
        return new(message.StatusCode, text, isJson ? JsonDocument.Parse(text).RootElement : default, message);
    }

    public async Task<(string Id, string Value)> Mint(object body)
    {
        var minted = await Post("/_emulator/tokens", body);
        Assert.Equal(HttpStatusCode.OK, minted.Status);
        return (minted.Value("id"), minted.Value("value"));
    }

    public async Task<DateTimeOffset> Advance(TimeSpan by) =>
        (await Post("/_emulator/clock", new { advanceSeconds = (int)by.TotalSeconds }))["now"].GetDateTimeOffset();

    public async Task<HttpStatusCode> StatusWith(string token) => (await Get("/v1/organizations", token)).Status;

    public void Dispose() => Http.Dispose();
}
