namespace AstroAuth;

/// <summary>How much a finding of an audit matters.</summary>
public enum AstroFindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Should be put right soon.</summary>
    Warning,

    /// <summary>Should not stay as it is.</summary>
    Error,
}
