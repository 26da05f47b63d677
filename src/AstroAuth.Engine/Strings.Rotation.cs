namespace AstroAuth.Engine;

/// <summary>The sentences of rotations.</summary>
internal static partial class Strings
{
    internal const string RotationTokenNotFound = "There is no API token {0} that connection '{1}' can see, nor a successor of it. It may have been removed.";
    internal const string RotationRolledBack = "The token '{0}' ({1}) was not rotated, and all is as it was: {2}";
    internal const string RotationNotUndone = "The token '{0}' ({1}) was not rotated and still works, but its successor {2} could not be removed again: {3}. The next run removes it, or: Invoke-AstroApiTokenRotation -Recover";
    internal const string RotationUnfinished = "The rotation of token '{0}' ({1}) is not finished: {2}. The next run finishes it, or: Invoke-AstroApiTokenRotation -Recover with the same -Vault and -SecretName.";
    internal const string RotationTooSlow = "it took longer than a run may, {0}";
    internal const string RotationRolesUnknown = "Astro does not tell which role the token '{0}' ({1}) has on its {2}, so that no successor can be given the same.";
    internal const string RotationMarkerTooLong = "The description of token '{0}' ({1}) is {2} characters long and leaves no room for the note that keeps an InPlace rotation safe. Shorten it to {3}, or use -Strategy Overlap.";
    internal const string RotationOwnToken = "The token '{0}' ({1}) is the one that connection '{2}' uses, which was read from {3} and would be read from there again. Connect in another way, put the token into a vault, or use -Force and set {3} anew afterwards.";
    internal const string RotationOtherSecret = "The token '{0}' ({1}) has a successor {2} that an earlier run was putting into another secret than '{3}'. Name the secret of that run, or use -Force to give that successor up.";
    internal const string RotationVaultNeeded = "Whether the successor {2} of token '{0}' ({1}) can be used hangs on what the vault holds. Name it: Invoke-AstroApiTokenRotation -Recover -Vault <vault> -SecretName <secret>";
    internal const string RotationNotProvable = "Whether the value in vault '{2}' as '{3}' is the present one of token '{0}' ({1}) cannot be told: {4} Such a token is tried at the Airflow of its deployment.";
    internal const string RotationOutcomeUnknown = "It is not known whether Astro changed the value of token '{0}' ({1}): {2}. If it did, nobody has the new value. Run the same command again as soon as Astro can be reached; it gives the token another value.";
    internal const string RotationContended = "The token '{0}' ({1}) was rotated by others again and again while this run tried to keep its value. See who does it, and run the command again.";
    internal const string RotationValueNotStored = "The token '{0}' ({1}) has a new value and the old one is dead, but vault '{2}' did not take the new one as '{3}' ({4}){5}. It is in this error's TargetObject.Token and in the output, and nowhere else: put it into the vault now with Set-Secret -Name '{3}' -Vault '{2}' -Secret $_.TargetObject.Token, or run the command again once the vault works; that makes another value.";
}
