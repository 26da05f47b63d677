using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Tests.Login;

/// <summary>Somebody with a browser: opens the link, fills in the forms, follows the way back to the callback.</summary>
internal sealed partial class Person : IDisposable
{
    private readonly HttpClient _http;

    public Person(string caFile)
    {
        var authority = X509Certificate2.CreateFromPem(File.ReadAllText(caFile));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build((X509Certificate2)certificate!);
        };
        _http = new(handler) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>The way through the login page, up to the address of the callback.</summary>
    public async Task<Uri> LogInAsync(Uri link, JsonElement user, string action = "continue")
    {
        var page = await OpenAsync(link);
        page = await SubmitAsync(page, action, ("email", user.GetProperty("email").GetString()!));
        if (page.Callback is null)
            page = await SubmitAsync(page, action, ("password", user.GetProperty("password").GetString()!));
        return page.Callback!;
    }

    /// <summary>Types the code of a device, logs in, and says yes or no.</summary>
    public async Task DecideAsync(AstroDeviceCode code, JsonElement user, string action = "continue")
    {
        var page = await OpenAsync(new Uri($"{code.Page}?user_code={Uri.EscapeDataString(code.Code)}"));
        page = await SubmitAsync(page, "continue", ("email", user.GetProperty("email").GetString()!));
        page = await SubmitAsync(page, "continue", ("password", user.GetProperty("password").GetString()!));
        Assert.Contains(code.Code, page.Text, StringComparison.Ordinal);
        Assert.Contains("Go back to the device", (await SubmitAsync(page, action)).Text, StringComparison.Ordinal);
    }

    public async Task<(HttpStatusCode Status, string Text, HttpResponseMessage Message)> GetAsync(Uri address)
    {
        var message = await _http.GetAsync(address);
        return (message.StatusCode, await message.Content.ReadAsStringAsync(), message);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Page> OpenAsync(Uri address) => await FollowAsync(address, await _http.GetAsync(address));

    private async Task<Page> SubmitAsync(Page page, string action, params (string Name, string Value)[] fields)
    {
        var target = new Uri(page.Address, FormAction().Match(page.Text).Groups[1].Value);
        var values = HiddenField().Matches(page.Text).Select(m => (Name: m.Groups[1].Value, Value: m.Groups[2].Value))
            .Concat(fields).Append((Name: "action", Value: action));
        using var content = new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        return await FollowAsync(target, await _http.PostAsync(target, content));
    }

    private async Task<Page> FollowAsync(Uri address, HttpResponseMessage message)
    {
        while (message.Headers.Location is { } location)
        {
            address = new Uri(address, location);
            if (address.Port == 12345)
                return new(address, "", address);
            message = await _http.GetAsync(address);
        }

        return new(address, await message.Content.ReadAsStringAsync(), null);
    }

    [GeneratedRegex("""<form method="post" action="([^"]*)">""")]
    private static partial Regex FormAction();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex HiddenField();

    private sealed record Page(Uri Address, string Text, Uri? Callback);
}
