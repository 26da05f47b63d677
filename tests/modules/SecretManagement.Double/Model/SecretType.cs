using System.Diagnostics.CodeAnalysis;

namespace Microsoft.PowerShell.SecretManagement;

/// <summary>The kinds of secret, with the real module's names.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The names are the contract.")]
public enum SecretType
{
    Unknown = 0,
    ByteArray,
    String,
    SecureString,
    PSCredential,
    Hashtable,
}
