using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Text;

namespace AstroAuth.Engine.Audit.Report;

/// <summary>Writes HTML so that nothing can forget to encode: every value that is put into a template is encoded, unless it is markup of ours.</summary>
internal sealed class HtmlWriter
{
    private readonly TextWriter _writer;
    private readonly Encoder _encoder = new();

    internal HtmlWriter(TextWriter writer) => _writer = writer;

    internal void Write(FormattableString html) => _writer.Write(html.ToString(_encoder));

    /// <summary>Text of ours that is HTML, CSS or script already.</summary>
    internal void WriteRaw(string markup) => _writer.Write(markup);

    internal static string Encode(string text) => WebUtility.HtmlEncode(Clean(text));

    // Control characters have no place in HTML, and unpaired halves of characters none in UTF-8.
    private static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (i < text.Length - 1 && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                clean?.Append(text[i]).Append(text[i + 1]);
                i++;
                continue;
            }

            var isBad = char.IsControl(text[i]) || char.IsSurrogate(text[i]) || text[i] is '\uFFFE' or '\uFFFF';
            if (isBad)
                clean ??= new StringBuilder(text, 0, i, text.Length);
            clean?.Append(isBad ? '\uFFFD' : text[i]);
        }

        return clean?.ToString() ?? text;
    }

    private sealed class Encoder : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            Markup markup => markup.Text,
            IFormattable value => Encode(value.ToString(format, CultureInfo.InvariantCulture)),
            _ => Encode(arg?.ToString() ?? ""),
        };
    }
}

/// <summary>Text that is HTML already, made by us.</summary>
internal readonly record struct Markup(string Text);
