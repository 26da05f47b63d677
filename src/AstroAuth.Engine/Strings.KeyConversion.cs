namespace AstroAuth.Engine;

// Legacy Deployment API keys that give way to API tokens
internal static partial class Strings
{
    internal const string NotADeploymentKey = "Connection '{0}' is by {1} ({2}), not by a legacy Deployment API key, so there is nothing to convert. Use -Connection with one that Connect-Astro -DeploymentKey made, or set ASTRONOMER_KEY_ID and ASTRONOMER_KEY_SECRET and no ASTRO_API_TOKEN.";
    internal const string KeyDeploymentUnclear = "The Deployment API key of connection '{0}' sees {1} deployments{2}. Name the one that the token is for with -Deployment.";
    internal const string KeyNotForDeployment = "The Deployment API key of connection '{0}' does not see the deployment '{1}', so it cannot be the one that its pipeline deploys to. Leave out -Deployment, or use the connection of the right key.";
    internal const string KeyNoLongerWorks = "{0} It can neither create a token nor tell its deployment any more. Name the deployment with -Deployment, and give -CreateAs a connection of a Workspace Owner.";
    internal const string KeyMayNotCreateTokens = "Connection '{0}' may not create API tokens of deployment '{1}': {2} Give -CreateAs a connection of a Workspace Owner, or one whose custom role permits deployment.apiTokens.create.";
    internal const string KeyTokenExists = "Deployment '{0}' has a token '{1}' ({2}) in place of the key already{3}. Use that one, give it another value with Invoke-AstroApiTokenRotation, choose another -Name, or make a second one with -Force.";
    internal const string KeyCreatorElsewhere = "Connection '{0}' of -CreateAs is at {1}, and the key of connection '{2}' belongs to {3}. Use a connection to the same domain and organization.";
}
