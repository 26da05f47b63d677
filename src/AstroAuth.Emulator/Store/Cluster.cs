namespace AstroAuth.Emulator.Store;

/// <summary>A node pool of a hybrid cluster.</summary>
internal sealed record NodePool(
    string Id, string ClusterId, string Name, string CloudProvider, string NodeInstanceType, int MaxNodeCount, bool IsDefault,
    IReadOnlyList<string> SupportedAstroMachines, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A cluster of an organization.</summary>
internal sealed record Cluster(
    string Id, string OrganizationId, string Name, string Type, string CloudProvider, string Region, IReadOnlyList<NodePool> NodePools,
    DateTimeOffset CreatedAt);
