using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace AstroAuth.Engine.Audit.Report;

/// <summary>One line a token (RFC 4180), and one for each finding that is about no token.</summary>
internal static class CsvReport
{
    private static readonly string[] Header =
    [
        "Name", "Id", "Scope", "Kind", "Roles", "CreatedOn", "CreatedBy", "StartsOn", "ExpiresOn", "DaysLeft", "ExpiryPeriodInDays", "LastUsedOn",
        "LastRotatedOn", "Description", "Severity", "RuleIds", "Messages",
    ];

    internal static void Write(AstroTokenReport report, Stream output)
    {
        // Spreadsheets take a file for UTF-8 only with the mark at its start.
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 4096, leaveOpen: true) { NewLine = "\r\n" };
        WriteLine(writer, Header);
        foreach (var item in ReportToken.Of(report))
        {
            var token = item.Token;
            WriteLine(writer,
            [
                Text(token.Name), Text(token.Id), Text(token.Scope), Text(token.Kind),
                Text(string.Join("; ", token.Roles.Select(r => $"{r.Role} on {r.EntityType.ToLowerInvariant()} {r.EntityId}"))),
                Time(token.CreatedOn), Text(token.CreatedBy?.ToString()), Time(token.StartsOn), Time(token.ExpiresOn), Number(token.DaysLeft),
                Number(token.ExpiryPeriodInDays), Time(token.LastUsedOn), Time(token.LastRotatedOn), Text(token.Description),
                item.Worst?.ToString() ?? "", string.Join("; ", item.Findings.Select(f => f.RuleId)), Text(string.Join(" ", item.Findings.Select(f => f.Message))),
            ]);
        }

        foreach (var finding in report.Findings.Where(f => f.Token is null))
        {
            var line = Enumerable.Repeat("", Header.Length).ToArray();
            line[0] = finding.NotChecked ? "(not checked)" : "(this machine)";
            line[Header.Length - 3] = finding.Severity.ToString();
            line[Header.Length - 2] = finding.RuleId;
            line[Header.Length - 1] = Text(finding.Message);
            WriteLine(writer, line);
        }
    }

    private static void WriteLine(TextWriter writer, string[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                writer.Write(',');
            writer.Write('"');
            writer.Write(fields[i].Replace("\"", "\"\""));
            writer.Write('"');
        }

        writer.WriteLine();
    }

    /// <summary>A text that no spreadsheet takes for a formula: an apostrophe before what would begin one.</summary>
    internal static string Text(string? text) =>
        text?.TrimStart(' ', '\u00A0') is { Length: > 0 } start && (start[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') ? "'" + text : text ?? "";

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
