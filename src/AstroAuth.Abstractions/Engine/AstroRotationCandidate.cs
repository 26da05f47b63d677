namespace AstroAuth;

/// <summary>A token that a run looks at.</summary>
public sealed class AstroRotationCandidate
{
    /// <summary>The id it was asked for by.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>The token, or the successor that stands for it; null when Astro does not know it any more.</summary>
    public AstroApiToken? Token { get; internal set; }

    /// <summary>What is to be done, in words; null when nothing is.</summary>
    public string? Plan { get; internal set; }

    /// <summary>Whether its value is looked at or kept, so that a secret has to be named.</summary>
    public bool NeedsSecret { get; internal set; }

    /// <summary>The vault for its value; null where none was named.</summary>
    public string? Vault { get; set; }

    /// <summary>The secret's name in that vault; null where none was named.</summary>
    public string? SecretName { get; set; }

    /// <summary>Whether the run shall go on with it; false once the user has said no.</summary>
    public bool IsWanted { get; set; } = true;
}
