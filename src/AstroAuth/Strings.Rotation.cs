namespace AstroAuth;

/// <summary>The sentences of rotations.</summary>
internal static partial class Strings
{
    internal const string VaultNoteLeft = "The note that took the value's place in secret '{0}' of vault '{1}' could not be removed again. It holds nothing secret; remove it with Remove-Secret.";
    internal const string RotationSecretShared = "The tokens {0} are all to be kept in vault '{1}' as '{2}'. Nothing was done. Give each a secret of its own, for example -SecretName {{ \"astro-$($_.Name)-$($_.Id)\" }}.";
    internal const string RotationSecretNameUnclear = "The script block of -SecretName gave {0} for the token '{1}'. It must give one text, the name of the secret. Nothing was done.";
}
