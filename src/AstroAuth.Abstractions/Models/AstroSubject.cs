namespace AstroAuth;

/// <summary>A person or a token that did something.</summary>
public sealed class AstroSubject
{
    /// <summary>The id of the user or token.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>USER or SERVICEKEY, or null when Astro does not say.</summary>
    public string? SubjectType { get; internal set; }

    /// <summary>The person's user name (an e-mail address), or null.</summary>
    public string? Username { get; internal set; }

    /// <summary>The person's full name, or null.</summary>
    public string? FullName { get; internal set; }

    /// <summary>The API token's name, or null.</summary>
    public string? ApiTokenName { get; internal set; }

    /// <summary>The most telling of the names, or the id.</summary>
    public override string ToString() => Username ?? ApiTokenName ?? FullName ?? Id;
}
