namespace AstroAuth.Engine;

/// <content>What can be wrong with a workspace that is to be made or changed.</content>
internal static partial class Strings
{
    internal const string InvalidWorkspaceName = "A workspace's name has 1 to {0} characters that are not all spaces; this one has {1}.";
    internal const string WorkspaceChangedMeanwhile = "The workspace '{0}' was changed by {1} ({2}) after it was read, so nothing was written. Look at what it is now and run the command again.";
    internal const string WorkspaceDefaultsConflict = "The default place of new deployments is a cluster, or a cloud provider with a region. Give -DefaultCluster alone, or -DefaultCloudProvider with -DefaultRegion.";
}
