namespace AstroAuth;

/// <summary>The sentences about changing tokens, roles and agent tokens.</summary>
internal static partial class Strings
{
    internal const string OwnToken = "The API token {0} is the one that connection '{1}' uses itself; without it the connection is cut off. Use another connection, or -Force if that is meant.";
    internal const string NothingToSet = "Nothing is said to change. Use {0}.";
    internal const string AstroRoleNotFound = "There is no role named '{0}' that connection '{1}' can see. Names may hold wildcards: Get-AstroRole '*part*'.";
    internal const string AgentTokenNotFound = "There is no agent token named '{0}' that connection '{1}' can see in this deployment. Names may hold wildcards.";
}
