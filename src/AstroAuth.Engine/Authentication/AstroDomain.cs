using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Authentication;

/// <summary>A domain of Astro and the addresses that follow from it (wire contract 1.1), matched exactly.</summary>
internal sealed class AstroDomain
{
    private const int EmulatorPort = 8888;

    private static readonly string[] Clouds = ["astronomer.io", "astronomer-dev.io", "astronomer-stage.io", "astronomer-perf.io"];

    private AstroDomain(string name, Uri root, bool isLoopback)
    {
        Name = name;
        Root = root;
        IsLoopback = isLoopback;
    }

    /// <summary>As a user writes it, normalised.</summary>
    internal string Name { get; }

    /// <summary>The control plane's address, with a slash at the end.</summary>
    internal Uri Root { get; }

    internal bool IsLoopback { get; }

    /// <exception cref="AstroException">InvalidDomain.</exception>
    internal static AstroDomain Parse(string text)
    {
        var rest = text.Trim();
        var tls = rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        rest = tls ? rest.Substring(8)
            : rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? rest.Substring(7)
            : rest;
        rest = rest.TrimEnd('/').ToLowerInvariant();
        if (TryLoopback(rest, tls) is { } loopback)
            return loopback;

        var name = rest.StartsWith("cloud.", StringComparison.Ordinal) ? rest.Substring(6)
            : rest.StartsWith("api.", StringComparison.Ordinal) ? rest.Substring(4)
            : rest;
        if (Array.IndexOf(Clouds, name) >= 0)
            return new AstroDomain(name, new Uri($"https://api.{name}/"), false);

        var preview = Regex.Match(name, @"\A(pr[0-9]{4,6})\.astronomer-dev\.io\z", RegexOptions.CultureInvariant);
        if (preview.Success)
            return new AstroDomain(name, new Uri($"https://{preview.Groups[1].Value}.api.astronomer-dev.io/"), false);

        throw new AstroException(nameof(Strings.InvalidDomain), Strings.Format(Strings.InvalidDomain, text), AstroErrorCategory.InvalidArgument, text);
    }

    /// <summary>Whether a login service may be given this domain's credentials (peers' weakness S6).</summary>
    internal bool Owns(Uri login)
    {
        if (IsLoopback)
            return login.IsLoopback && login.Scheme is "http" or "https";

        var registrable = Name.EndsWith(".astronomer-dev.io", StringComparison.Ordinal) ? "astronomer-dev.io" : Name;
        return login.Scheme == "https"
            && (login.Host == registrable || login.Host.EndsWith("." + registrable, StringComparison.Ordinal));
    }

    private static AstroDomain? TryLoopback(string rest, bool tls)
    {
        foreach (var host in (string[])["localhost", "127.0.0.1", "[::1]"])
        {
            var port = EmulatorPort;
            if (rest != host)
            {
                var portText = rest.StartsWith(host + ":", StringComparison.Ordinal) ? rest.Substring(host.Length + 1) : "";
                if (!ushort.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var given) || given == 0)
                    continue;
                port = given;
            }

            var address = $"{host}:{port}";
            return tls
                ? new AstroDomain("https://" + address, new Uri($"https://{address}/"), true)
                : new AstroDomain(address, new Uri($"http://{address}/"), true);
        }

        return null;
    }
}
