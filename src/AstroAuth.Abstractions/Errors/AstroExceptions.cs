using System;

namespace AstroAuth;

/// <summary>A credential is missing, malformed, expired, of the wrong kind or refused.</summary>
public sealed class AstroCredentialException : AstroException
{
    /// <inheritdoc cref="AstroException(string, string, AstroErrorCategory, object, Exception)" />
    public AstroCredentialException(string errorId, string message, object? target = null, Exception? innerException = null)
        : base(errorId, message, AstroErrorCategory.AuthenticationError, target, innerException)
    {
    }
}

/// <summary>Astro could not be reached, or no whole answer came.</summary>
public sealed class AstroNetworkException : AstroException
{
    /// <inheritdoc cref="AstroException(string, string, AstroErrorCategory, object, Exception)" />
    public AstroNetworkException(string errorId, string message, AstroErrorCategory category, object? target = null, Exception? innerException = null)
        : base(errorId, message, category, target, innerException)
    {
    }

    /// <summary>Whether the request may have reached Astro, so that it may have taken effect.</summary>
    public bool MayHaveTakenEffect { get; internal set; }
}

/// <summary>A SecretManagement vault could not be read or written.</summary>
public sealed class AstroVaultException : AstroException
{
    /// <inheritdoc cref="AstroException(string, string, AstroErrorCategory, object, Exception)" />
    public AstroVaultException(string errorId, string message, AstroErrorCategory category, object? target = null)
        : base(errorId, message, category, target)
    {
    }

    /// <summary>Of a write: the vault certainly holds what it held before.</summary>
    internal bool IsUntouched { get; set; }
}
