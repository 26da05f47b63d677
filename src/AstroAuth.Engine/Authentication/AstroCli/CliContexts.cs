using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AstroAuth.Engine.Authentication.AstroCli;

/// <summary>The contexts of the file, one for each domain the CLI has signed in to.</summary>
internal static class CliContexts
{
    private const string Bearer = "Bearer";
    private const string Local = "localhost";

    /// <exception cref="InvalidDataException">A context is not a map.</exception>
    internal static IReadOnlyList<AstroCliContext> Of(CliMap file, bool includeTokens)
    {
        var current = file.Text("context");
        var contexts = file.Map("contexts");
        return contexts.Keys.Select(key => Read(key, contexts.Map(key))).ToList();

        AstroCliContext Read(string key, CliMap fields)
        {
            var domain = fields.Text("domain") ?? key.Replace('_', '.');
            var token = Token(fields.Text("token"));
            return new AstroCliContext
            {
                Key = key,
                Domain = domain == Local ? LocalDomain(file) : domain,
                OrganizationId = fields.Text("organization"),
                WorkspaceId = fields.Text("workspace") ?? fields.Text("last_used_workspace"),
                User = fields.Text("user_email"),
                IsCurrent = current is not null && (Same(current, key) || Same(current, domain)),
                HasToken = token is not null,
                HasRefreshToken = fields.Text("refreshtoken") is not null,
                Token = includeTokens && token is not null ? SecureStrings.Conceal(token) : null,
            };
        }
    }

    // The word alone is what is left where the CLI is signed out, or keeps the token in the system's keyring.
    private static string? Token(string? text) => text is null || Same(text, Bearer) ? null : text;

    // For a control plane on this machine the CLI keeps the address elsewhere.
    private static string LocalDomain(CliMap file) =>
        Uri.TryCreate(file.Map("local").Text("core"), UriKind.Absolute, out var core) && core.IsLoopback && core.Scheme is "http" or "https"
            ? (core.Scheme == "https" ? "https://" : "") + core.Authority
            : Local;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
