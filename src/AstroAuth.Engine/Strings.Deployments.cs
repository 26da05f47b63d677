namespace AstroAuth.Engine;

// Deployments
internal static partial class Strings
{
    internal const string InvalidDeployment = "The deployment '{0}' cannot be like that: {1}. Nothing was sent.";
    internal const string DeploymentExists = "There is a deployment named '{0}' in that workspace already ({1}). Take another name, or change it with Set-AstroDeployment.";
    internal const string DeploymentChangedMeanwhile = "The deployment '{0}' was changed by {1} ({2}) after it was read, so nothing was written. Look at what it is now and run the command again.";
    internal const string DeploymentOutcomeUnknown = "No answer came to the creation of deployment '{0}' ({1}), and whether it was made is not known. Look with Get-AstroDeployment '{0}' before trying again.";
    internal const string DeploymentUnhealthy = "The deployment '{0}' is unhealthy: {1}.";
    internal const string DeploymentWaitTimedOut = "The deployment '{0}' was not as wanted within {1} s; it is {2}. It goes on by itself; look at it with Get-AstroDeployment.";
    internal const string ClusterNotFound = "There is no cluster '{0}' that connection '{1}' can see.";
}
