namespace AstroAuth.Completion;

/// <summary>The built-in roles that a token can hold (wire contract 8), narrowest first within a level.</summary>
internal static class BuiltInRoles
{
    private static readonly CompletionItem[] Items =
    [
        new("DAG_VIEWER", "See one DAG, or those with a tag"),
        new("DAG_AUTHOR", "Run one DAG, or those with a tag"),
        new("DEPLOYMENT_ADMIN", "Everything on one deployment"),
        new("WORKSPACE_ACCESSOR", "See the workspace only"),
        new("WORKSPACE_MEMBER", "View deployments of the workspace"),
        new("WORKSPACE_AUTHOR", "Push code and trigger runs"),
        new("WORKSPACE_OPERATOR", "Manage deployments and Workspace tokens"),
        new("WORKSPACE_OWNER", "Everything in the workspace"),
        new("ORGANIZATION_MEMBER", "See the organization"),
        new("ORGANIZATION_OBSERVE_MEMBER", "Use Astro Observe"),
        new("ORGANIZATION_OBSERVE_ADMIN", "Manage Astro Observe"),
        new("ORGANIZATION_BILLING_ADMIN", "See and manage billing"),
        new("ORGANIZATION_OWNER", "Everything, everywhere"),
    ];

    internal static System.Collections.Generic.IReadOnlyList<CompletionItem> All => Items;
}
