namespace AstroAuth.Engine.Audit.Rules;

/// <summary>A Deployment API key in the environment.</summary>
internal sealed class LegacyKey : MachineRule
{
    private const string KeyId = "ASTRONOMER_KEY_ID";
    private const string KeySecret = "ASTRONOMER_KEY_SECRET";

    internal LegacyKey()
        : base(
            nameof(LegacyKey),
            AstroFindingSeverity.Warning,
            "legacy Deployment API key",
            "Astronomer switched these keys off in June 2024. They never expire, and cannot be rotated or listed.",
            "Take a Deployment API token in its place (Convert-AstroDeploymentKey), set ASTRO_API_TOKEN, and remove ASTRONOMER_KEY_ID and ASTRONOMER_KEY_SECRET from the environment of this machine or pipeline.")
    {
    }

    internal override AstroTokenFinding? Find(AuditedMachine machine)
    {
        var id = !string.IsNullOrWhiteSpace(machine.Variable(KeyId));
        var secret = !string.IsNullOrWhiteSpace(machine.Variable(KeySecret));
        // An id alone opens nothing.
        return !secret ? null : Finding(id
            ? $"The environment of this process holds a legacy Deployment API key ({KeyId} and {KeySecret})."
            : $"The environment of this process holds the secret of a legacy Deployment API key ({KeySecret}).");
    }
}
