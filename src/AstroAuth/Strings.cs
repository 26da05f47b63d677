using System.Globalization;

namespace AstroAuth;

/// <summary>The sentences of the cmdlets' errors. The name of each is the error's id, so that the two never part.</summary>
internal static partial class Strings
{
    // Connections
    internal const string NoCredential = "There is no credential to connect to Astro with. Looked at:{0}\nSet ASTRO_API_TOKEN, or give Connect-Astro -ApiToken, -AccessToken, -DeploymentKey, -SecretName or -Interactive.";
    internal const string PlainTextSecret = "A token is given as a SecureString, not as plain text: (Read-Host -AsSecureString), or (ConvertTo-SecureString $env:NAME -AsPlainText -Force) for a variable.";
    internal const string InteractiveLoginImpossible = "Nobody can sign in here: {0}. Use an API token (ASTRO_API_TOKEN, -ApiToken or -SecretName), or sign in at an interactive prompt.";
    internal const string ConnectionNotFound = "There is no connection named '{0}' in this runspace. {1}";

    // Vaults
    internal const string SecretManagementNotInstalled = "The module Microsoft.PowerShell.SecretManagement is needed to use a vault and is not installed. Run: Install-PSResource Microsoft.PowerShell.SecretManagement (Windows PowerShell: Install-Module Microsoft.PowerShell.SecretManagement)";
    internal const string NoDefaultVault = "No vault is named with -Vault, and none is the default one. Registered are: {0}";
    internal const string VaultNotFound = "There is no vault '{0}' registered for this user. Registered are: {1}";
    internal const string VaultSecretNotFound = "There is no secret '{0}' in vault '{1}'.";
    internal const string VaultSecretEmpty = "The secret '{0}' in vault '{1}' is empty, or longer than the 65,536 characters a SecureString can hold.";
    internal const string VaultSecretType = "The secret '{0}' in vault '{1}' is {2}, which is no credential. That is a String or SecureString (an API token), a PSCredential (key id and key secret), or a Hashtable with the entry ApiToken, or the entries KeyId and KeySecret.";
    internal const string VaultLocked = "Vault '{0}' is locked. Unlock it with Unlock-SecretVault, or let it open without a password for unattended use.";
    internal const string VaultBusy = "Vault '{0}' is in use by another call of this process and did not become free.";
    internal const string VaultExtensionMissing = "The extension module of vault '{0}' cannot be loaded: {1}";
    internal const string VaultFailed = "Vault '{0}' failed to {1} secret '{2}' (locked?): {3}";
    internal const string VaultStopped = "The call to vault '{0}' to {1} secret '{2}' was stopped before it ended.";
    internal const string VaultReadBackDiffers = "Vault '{0}' took secret '{1}' but does not give the same value back. {2}";
    internal const string InvalidSecretName = "'{0}' is not a name every vault can keep: use letters, digits, dots, underscores and hyphens, at most 127, starting with a letter or digit.";

    // Requests and tokens
    internal const string VaultWithoutSecretName = "-Vault and -SecretName go together.";
    internal const string MaskingImpossible = "The token cannot be hidden in the log of this CI service, because it holds a line break or is too short, so it was not written as plain text.";
    internal const string ApiTokenNotFound = "There is no API token named '{0}' that connection '{1}' can see. Names may hold wildcards: Get-AstroApiToken '*part*'.";
    internal const string BodyTooDeep = "The body is nested more than {0} levels deep; does it refer to itself?";

    internal static string Format(string text, params object?[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
