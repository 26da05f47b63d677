namespace AstroAuth;

// Deployments
internal static partial class Strings
{
    internal const string NoSuchDeployment = "There is no deployment named '{0}' that connection '{1}' can see. Get-AstroDeployment lists those it can; a pattern such as '{0}*' finds similar ones.";
}
