using System;

namespace AstroAuth;

/// <summary>A new token could neither be kept in its vault nor removed from Astro, so that its value is handed to the caller here.</summary>
public sealed class AstroTokenNotStoredException : AstroException
{
    internal AstroTokenNotStoredException(string errorId, string message, AstroIssuedApiToken issued, Exception innerException)
        : base(errorId, message, AstroErrorCategory.WriteError, issued, innerException) => Issued = issued;

    /// <summary>The live token with its value (a SecureString).</summary>
    internal AstroIssuedApiToken Issued { get; }
}
