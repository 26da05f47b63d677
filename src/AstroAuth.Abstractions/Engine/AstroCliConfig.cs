using System;
using System.Collections.Generic;
using System.Security;

namespace AstroAuth;

/// <summary>The contexts of an Astro CLI's <c>config.yaml</c>, in the order of the file.</summary>
public sealed class AstroCliConfig
{
    /// <summary>The full path of the file.</summary>
    public string Path { get; internal set; } = "";

    /// <summary>The contexts.</summary>
    public IReadOnlyList<AstroCliContext> Contexts { get; internal set; } = Array.Empty<AstroCliContext>();
}

/// <summary>One context of the Astro CLI: a domain and what was last used there. It shows no secret.</summary>
public sealed class AstroCliContext
{
    /// <summary>The key in the file, for example <c>astronomer_io</c>.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>The domain, for example <c>astronomer.io</c>.</summary>
    public string Domain { get; internal set; } = "";

    /// <summary>The organization's id, or null.</summary>
    public string? OrganizationId { get; internal set; }

    /// <summary>The workspace's id, or null.</summary>
    public string? WorkspaceId { get; internal set; }

    /// <summary>The e-mail address of the person who signed in, or null.</summary>
    public string? User { get; internal set; }

    /// <summary>Whether it is the context the CLI uses now.</summary>
    public bool IsCurrent { get; internal set; }

    /// <summary>Whether the file holds an access token or API token in plain text.</summary>
    public bool HasToken { get; internal set; }

    /// <summary>Whether the file holds a refresh token in plain text.</summary>
    public bool HasRefreshToken { get; internal set; }

    /// <summary>The token, where it was asked for and is there.</summary>
    internal SecureString? Token { get; set; }

    /// <summary>The domain.</summary>
    public override string ToString() => Domain;
}
