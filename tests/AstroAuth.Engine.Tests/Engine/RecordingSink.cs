using System.Collections.Concurrent;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Keeps what the engine tells, and lets a test act at that very moment.</summary>
internal sealed class RecordingSink : IAstroSink
{
    private readonly ConcurrentQueue<(string Stream, string Text)> _lines = new();

    public Action<string>? OnText { get; set; }

    public IReadOnlyList<string> Warnings => Of("warning");

    public IReadOnlyList<string> Tries =>
        [.. Of("debug").Where(l => l.Contains(" sent [", StringComparison.Ordinal)).Select(l => l[..l.IndexOf(" sent [", StringComparison.Ordinal)])];

    public IReadOnlyList<string> VerboseLines => Of("verbose");

    public IReadOnlyList<string> DebugLines => Of("debug");

    public string All => string.Join('\n', _lines.Select(l => l.Text));

    public void Verbose(string text) => Add("verbose", text);

    public void Debug(string text) => Add("debug", text);

    public void Warning(string text) => Add("warning", text);

    private void Add(string stream, string text)
    {
        _lines.Enqueue((stream, text));
        OnText?.Invoke(text);
    }

    private List<string> Of(string stream) => [.. _lines.Where(l => l.Stream == stream).Select(l => l.Text)];
}
