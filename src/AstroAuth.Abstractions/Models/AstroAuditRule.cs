namespace AstroAuth;

/// <summary>What one rule of an audit looks for, why, and what to do about it.</summary>
public sealed class AstroAuditRule
{
    /// <summary>The stable id.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>How much its findings matter.</summary>
    public AstroFindingSeverity Severity { get; internal set; }

    /// <summary>What it looks for, in a few words.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>Why that matters.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>What to do; <c>{id}</c> stands for the token's id.</summary>
    public string Remedy { get; internal set; } = "";

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
