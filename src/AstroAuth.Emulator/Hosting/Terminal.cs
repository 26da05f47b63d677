using System.IO;
using System.Text;

namespace AstroAuth.Emulator.Hosting;

/// <summary>The process's two output streams, as injected writers.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    public TextWriter Output { get; } = output;
    public TextWriter Error { get; } = error;

    public static Terminal OfThisProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // A program's start text belongs on its own standard streams; this is the one place that opens them.
#pragma warning disable RS0030
        return new(
            new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true },
            new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true });
#pragma warning restore RS0030
    }
}
