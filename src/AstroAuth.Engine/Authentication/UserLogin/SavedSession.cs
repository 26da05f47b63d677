using System;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>What is known of a saved session without opening it; nothing of it is secret.</summary>
internal sealed record SavedSession
{
    public string Name { get; init; } = "";

    public string Domain { get; init; } = "";

    public string Authority { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string Audience { get; init; } = "";

    public string AccountId { get; init; } = "";

    public string? Subject { get; init; }

    public string? User { get; init; }

    public string? OrganizationId { get; init; }

    public string? OrganizationName { get; init; }

    public string? WorkspaceId { get; init; }

    public string? WorkspaceName { get; init; }

    public DateTimeOffset LastUsedOn { get; init; }

    public bool IsProtected { get; init; }

    internal AstroPlace? Organization => OrganizationId is { } id ? new AstroPlace(id, OrganizationName) : null;

    internal AstroPlace? Workspace => WorkspaceId is { } id ? new AstroPlace(id, WorkspaceName) : null;

    internal SavedSession At(AstroPlace? organization, AstroPlace? workspace) => this with
    {
        OrganizationId = organization?.Id,
        OrganizationName = organization?.Name,
        WorkspaceId = workspace?.Id,
        WorkspaceName = workspace?.Name,
    };

    internal AstroSavedSession ToModel() => new()
    {
        Name = Name,
        Domain = Domain,
        User = User,
        Organization = Organization,
        Workspace = Workspace,
        LastUsedOn = LastUsedOn,
        IsProtected = IsProtected,
    };
}
