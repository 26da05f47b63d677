using System.Security;

namespace AstroAuth.Vaults;

/// <summary>
/// The text that takes a value's place while it is proven that a vault can be written where nothing was. It stands under the
/// name the value will have, so that a run that dies leaves nothing that the next one would not overwrite; and it is not
/// removed before the value comes, because some vaults keep a removed name for themselves for months.
/// </summary>
internal static class SecretNote
{
    private const string Text = "AstroAuth is about to put the value of an API token here. It is safe to remove this.";

    internal static SecureString Make() => SecureStrings.Conceal(Text);

    internal static bool Is(SecureString value) => value.Length == Text.Length && SecureStrings.Reveal(value) == Text;
}
