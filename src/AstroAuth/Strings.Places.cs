namespace AstroAuth;

/// <content>What can be wrong with organizations and workspaces that are named.</content>
internal static partial class Strings
{
    internal const string NoSuchOrganization = "There is no organization named '{0}' that connection '{1}' can see. Get-AstroOrganization lists those it can.";
    internal const string NoSuchWorkspace = "There is no workspace named '{0}' that connection '{1}' can see. Get-AstroWorkspace lists those it can; a pattern such as '{0}*' finds similar ones.";
}
