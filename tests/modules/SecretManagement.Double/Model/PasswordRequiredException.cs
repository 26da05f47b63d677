using System;

namespace Microsoft.PowerShell.SecretManagement;

/// <summary>What a vault throws when it is locked. Callers know it by its full name.</summary>
public sealed class PasswordRequiredException : InvalidOperationException
{
    public PasswordRequiredException(string message)
        : base(message)
    {
    }
}
