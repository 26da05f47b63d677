using System.Diagnostics;
using System.IO;
using System.Net.WebSockets;
using System.Text;

namespace AstroAuth.Engine.Tests.Support;

/// <summary>A test that needs Chromium, and says so where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (ChromiumPage.Program is null)
            Skip = "Chromium is not installed (chromium, chromium-browser or google-chrome in the PATH).";
    }
}

/// <summary>One page in a headless Chromium, driven over its debugging protocol; what it loads and what goes wrong is written down.</summary>
public sealed class ChromiumPage : IAsyncDisposable
{
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("astroauth-chromium-");
    private readonly ClientWebSocket _socket = new();
    private readonly Process _process;
    private int _lastId;

    private ChromiumPage()
    {
        var start = new ProcessStartInfo(Program!) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--window-size=1360,900", "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", "about:blank",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>The addresses that the page asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors of the console, of scripts and of the content security policy.</summary>
    public List<string> Errors { get; } = [];

    public static async Task<ChromiumPage> OpenAsync(Uri address)
    {
        var page = new ChromiumPage();
        try
        {
            await page.ConnectAsync();
            foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
                await page.SendAsync($"{domain}.enable");
            await page.SendAsync("Page.navigate", new { url = address.AbsoluteUri });
            while (await page.EvaluateAsync("document.readyState") != "complete" || await page.EvaluateAsync("location.protocol") != address.Scheme + ":")
                await Task.Yield();
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression as text.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        var result = (await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true })).GetProperty("result");
        if (result.TryGetProperty("exceptionDetails", out var failure))
            throw new InvalidOperationException(failure.ToString());
        return result.GetProperty("result").TryGetProperty("value", out var value) ? value.ToString() : "undefined";
    }

    public Task EmulateAsync(string media, string scheme) =>
        SendAsync("Emulation.setEmulatedMedia", new { media, features = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper of the browser may still be writing; the folder is in the temporary one.
        }
    }

    private async Task ConnectAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        const string mark = "DevTools listening on ws://";
        string? line;
        while ((line = await _process.StandardError.ReadLineAsync(patience.Token)) is not null && !line.StartsWith(mark, StringComparison.Ordinal))
        {
        }

        if (line is null)
            throw new InvalidOperationException("Chromium ended before it listened.");
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        using var http = new HttpClient();
        var pages = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://{line[mark.Length..].Split('/')[0]}/json/list"), patience.Token));
        var page = pages.RootElement.EnumerateArray().First(p => p.GetProperty("type").GetString() == "page");
        await _socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), patience.Token);
    }

    private async Task<JsonElement> SendAsync(string method, object? parameters = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var id = ++_lastId;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } }), WebSocketMessageType.Text, true, patience.Token);
        while (true)
        {
            var message = await ReceiveAsync(patience.Token);
            if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
                return message;
            Note(message);
        }
    }

    private void Note(JsonElement message)
    {
        if (!message.TryGetProperty("method", out var method))
            return;
        var details = message.GetProperty("params");
        if (method.GetString() == "Network.requestWillBeSent")
            Requests.Add(details.GetProperty("request").GetProperty("url").GetString()!);
        else if (method.GetString() is "Runtime.exceptionThrown" || (method.GetString() is "Log.entryAdded" && details.GetProperty("entry").GetProperty("level").GetString() == "error"))
            Errors.Add(details.ToString());
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[65536];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            await whole.WriteAsync(buffer.AsMemory(0, part.Count), cancellationToken);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(Encoding.UTF8.GetString(whole.ToArray())).RootElement;
    }
}
