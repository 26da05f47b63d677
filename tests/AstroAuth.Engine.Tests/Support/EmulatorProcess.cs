using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Reflection;

namespace AstroAuth.Engine.Tests.Support;

/// <summary>An emulator of its own, as the real process; it never outlives the tests.</summary>
public sealed class EmulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private EmulatorProcess(Process process, string text, JsonElement state)
    {
        _process = process;
        Text = text;
        State = state;
    }

    /// <summary>What it said to people before the READY line.</summary>
    public string Text { get; }

    /// <summary>The object of the READY line.</summary>
    public JsonElement State { get; }

    public Process Process => _process;
    public string Address => State.GetProperty("address").GetString()!;
    public string HttpsAddress => State.GetProperty("httpsAddress").GetString()!;
    public string Domain => State.GetProperty("domain").GetString()!;
    public string CaFile => State.GetProperty("caFile").GetString()!;
    public string OrganizationId => State.GetProperty("organization").GetProperty("id").GetString()!;
    public string ForeignOrganizationId => State.GetProperty("foreignOrganization").GetProperty("id").GetString()!;

    public string WorkspaceId(string name) => IdOf("workspaces", name);
    public string DeploymentId(string name) => IdOf("deployments", name);
    public string TokenId(string key) => State.GetProperty("tokens").GetProperty(key).GetProperty("id").GetString()!;
    public string TokenValue(string key) => State.GetProperty("tokens").GetProperty(key).GetProperty("value").GetString()!;
    public JsonElement User(string key) => State.GetProperty("users").GetProperty(key);
    public string UserToken(string key) => User(key).GetProperty("accessToken").GetString()!;

    public static string AssemblyPath { get; } = Path.GetFullPath(typeof(EmulatorProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "EmulatorAssembly").Value!);

    /// <summary>Starts an emulator on free ports and waits until it can be used.</summary>
    public static Task<EmulatorProcess> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(), arguments);

    /// <summary>The same, with changes to its environment.</summary>
    public static async Task<EmulatorProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var parent = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var process = Launch(["--port", "0", "--parent-pid", parent, .. arguments], environment);
        using var patience = new CancellationTokenSource(s_startTime);
        var text = new StringWriter(CultureInfo.InvariantCulture);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("READY ", StringComparison.Ordinal))
                return new(process, text.ToString(), JsonDocument.Parse(line["READY ".Length..]).RootElement);
            await text.WriteLineAsync(line);
        }

        throw new InvalidOperationException("The emulator did not start: " + await process.StandardError.ReadToEndAsync(patience.Token));
    }

    /// <summary>Runs it with arguments that make it end by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments, new Dictionary<string, string>());
        using var patience = new CancellationTokenSource(s_startTime);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }

        return (process.ExitCode, await output, await error);
    }

    private static Process Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.ArgumentList.Add(AssemblyPath);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        // A killed process cannot take its certificate file with it.
        if (Path.GetDirectoryName(CaFile) is { } folder && Path.GetFileName(folder).StartsWith("astroauth-emulator-", StringComparison.Ordinal)
            && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private string IdOf(string kind, string name) => State.GetProperty(kind).EnumerateArray()
        .Single(e => e.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;
}
