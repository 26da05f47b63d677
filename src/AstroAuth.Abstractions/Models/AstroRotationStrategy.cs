namespace AstroAuth;

/// <summary>How a token gets a new value.</summary>
public enum AstroRotationStrategy
{
    /// <summary>A successor with the same name and roles is made, kept and proven before the old token goes.</summary>
    Overlap,

    /// <summary>Astro's own rotation: the id stays, and the former value is dead at once.</summary>
    InPlace,
}
