using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace AstroAuth.Commands.Request;

/// <summary>Between PowerShell's objects and the plain values that the engine knows.</summary>
internal static class PlainObjects
{
    private const int DeepestLevel = 64;

    internal static object? ToPowerShell(object? value)
    {
        switch (value)
        {
            case IEnumerable<KeyValuePair<string, object?>> members:
                return ToObject(members);
            case IEnumerable<object?> items:
                return items.Select(ToPowerShell).ToArray();
            default:
                return value;
        }
    }

    internal static object? FromPowerShell(object? value) => FromPowerShell(value, 0);

    internal static List<KeyValuePair<string, string>> ToQuery(IDictionary? query)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (DictionaryEntry entry in query ?? new Hashtable())
        {
            var name = Text(entry.Key);
            var value = Unwrap(entry.Value);
            if (value is IEnumerable values and not string)
                pairs.AddRange(values.Cast<object?>().Select(v => new KeyValuePair<string, string>(name, Text(v))));
            else
                pairs.Add(new(name, Text(value)));
        }

        return pairs;
    }

    private static PSObject ToObject(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var result = new PSObject();
        foreach (var member in members)
        {
            // Create and rotate answer with the value: like everywhere in the module, it comes as a SecureString.
            if (member is { Key: "token", Value: string secret })
                AnswerSecret.Set(result, SecureStrings.Conceal(secret));
            else
                result.Properties.Add(new PSNoteProperty(member.Key, ToPowerShell(member.Value)), preValidated: true);
        }

        return result;
    }

    private static object? FromPowerShell(object? value, int level)
    {
        if (level > DeepestLevel)
            throw new AstroException(nameof(Strings.BodyTooDeep), Strings.Format(Strings.BodyTooDeep, DeepestLevel), AstroErrorCategory.InvalidArgument, "Body");
        switch (Unwrap(value))
        {
            case null:
                return null;
            case IDictionary table:
                return table.Cast<DictionaryEntry>().Select(e => new KeyValuePair<string, object?>(Text(e.Key), FromPowerShell(e.Value, level + 1))).ToList();
            case PSObject custom:
                return custom.Properties.Select(p => new KeyValuePair<string, object?>(p.Name, FromPowerShell(p.Value, level + 1))).ToList();
            case SwitchParameter flag:
                return flag.IsPresent;
            case IEnumerable items and not string:
                return items.Cast<object?>().Select(i => FromPowerShell(i, level + 1)).ToList();
            case var plain:
                return plain;
        }
    }

    // A custom object is its PSObject; anything else is what the PSObject wraps.
    private static object? Unwrap(object? value) => value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;

    private static string Text(object? value) => Unwrap(value) switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        System.DateTime time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        System.DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        System.IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString(),
    };
}
