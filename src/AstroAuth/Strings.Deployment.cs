namespace AstroAuth;

// Deployments
internal static partial class Strings
{
    internal const string NoSuchDeployment = "There is no deployment named '{0}' that connection '{1}' can see. Get-AstroDeployment lists those it can; a pattern such as '{0}*' finds similar ones.";
    internal const string InvalidHashtable = "A hashtable of {0} {1}. Known keys: {2}.";
    internal const string InvalidLifetime = "-ExpiresIn is a time from now, such as 4:00:00 for four hours.";
    internal const string NotForDevelopment = "The deployment '{0}' is not in development mode, and only those can hibernate. The mode is chosen when a deployment is made.";
    internal const string EphemeralNotRemoved = "The deployment '{0}' ({1}) could not be removed: {2} Remove-AstroDeployment -Expired removes it when its time is over.";
}
