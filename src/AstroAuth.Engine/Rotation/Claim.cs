using System;
using System.Collections.Generic;
using System.Globalization;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Platform;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>What a run notes in a token's description: that it is a successor under way, is being rotated, or waits for its end.</summary>
internal sealed record Claim
{
    internal const string Successor = "successor";
    internal const string Rotating = "rotating";
    internal const string Retire = "retire";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    internal required string Verb { get; init; }

    /// <summary>Successor: the id of the token it replaces.</summary>
    internal string Of { get; init; } = "";

    internal string Run { get; init; } = "";

    internal string Host { get; init; } = "";

    internal string Process { get; init; } = "";

    /// <summary>Rotating: when the claim was made. Retire: when the token is to go. By the server's clock.</summary>
    internal DateTimeOffset? At { get; init; }

    /// <summary>Rotating: the stamp of the value there was. See <see cref="StampOf" />.</summary>
    internal string Was { get; init; } = "";

    /// <summary>A short hash of the name of the secret that gets the value, so that nobody looks for it in another.</summary>
    internal string In { get; init; } = "";

    /// <summary>Retire: the id of the successor.</summary>
    internal string By { get; init; } = "";

    /// <summary>What a token's description says, or null.</summary>
    internal static Claim? Read(ApiTokenAnswer token)
    {
        if (DescriptionMarker.Find(token.Description, Successor, Rotating, Retire) is not { } marker)
            return null;
        return new Claim
        {
            Verb = marker.Verb,
            Of = marker["of"] ?? "",
            Run = marker["run"] ?? "",
            Host = marker["host"] ?? "",
            Process = marker["pid"] ?? "",
            At = DateTimeOffset.TryParseExact(marker["at"], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
            Was = marker["was"] ?? "",
            In = marker["in"] ?? "",
            By = marker["by"] ?? "",
        };
    }

    internal DescriptionMarker ToMarker()
    {
        var fields = new List<KeyValuePair<string, string>>();
        Add("of", Of);
        Add("run", Run);
        Add("host", Host);
        Add("pid", Process);
        Add("at", At?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) ?? "");
        Add("was", Was);
        Add("in", In);
        Add("by", By);
        return new DescriptionMarker(Verb, fields);

        void Add(string key, string value)
        {
            if (value.Length > 0)
                fields.Add(new(key, value));
        }
    }

    /// <summary>Tells one value of a token from the next, without holding anything of it (wire contract 4.1: what rotate changes).</summary>
    internal static string StampOf(ApiTokenAnswer token) =>
        Hash(string.IsNullOrEmpty(token.ShortToken) ? $"{token.LastRotatedAt?.ToUnixTimeSeconds()}" : token.ShortToken!);

    internal static string Hash(string text) => ShortHash.Of(text, 8);
}
