namespace AstroAuth;

/// <summary>The sort of a failure; the cmdlets show it as PowerShell's error category of the same name.</summary>
public enum AstroErrorCategory
{
    /// <summary>None of the others.</summary>
    NotSpecified,

    /// <summary>The credential is missing, malformed, expired or refused.</summary>
    AuthenticationError,

    /// <summary>The credential is good but may not do this.</summary>
    PermissionDenied,

    /// <summary>What was named does not exist or is hidden.</summary>
    ObjectNotFound,

    /// <summary>Something of that name is there already.</summary>
    ResourceExists,

    /// <summary>What was given cannot be right.</summary>
    InvalidArgument,

    /// <summary>It cannot be done in the present state.</summary>
    InvalidOperation,

    /// <summary>Astro could not be reached.</summary>
    ConnectionError,

    /// <summary>No answer came in time.</summary>
    OperationTimeout,

    /// <summary>Astro or the vault is busy or refuses for now.</summary>
    ResourceUnavailable,

    /// <summary>The answer was not what the contract says.</summary>
    ProtocolError,

    /// <summary>A module that is needed is not installed.</summary>
    NotInstalled,

    /// <summary>Writing failed.</summary>
    WriteError,

    /// <summary>Reading failed.</summary>
    ReadError,

    /// <summary>What was looked at is not as it should be.</summary>
    InvalidResult,

    /// <summary>A check of security failed.</summary>
    SecurityError,
}
