namespace AstroAuth.Emulator.Store;

/// <summary>An API token as Astro keeps it: everything but its value.</summary>
internal sealed record ApiToken
{
    public required string Id { get; init; }
    public required string OrganizationId { get; init; }
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    public string ShortToken { get; init; } = "";
    public required string Scope { get; init; }
    public string Kind { get; init; } = "STANDARD";

    /// <summary>Whether it is for Remote Execution agents of its deployment, and good for nothing else.</summary>
    public bool IsAgent { get; init; }
    public required DateTimeOffset StartAt { get; init; }
    public DateTimeOffset? EndAt { get; init; }
    public int? ExpiryPeriodInDays { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? LastRotatedAt { get; init; }
    public required IReadOnlyList<RoleEntry> Roles { get; init; }
    public required Subject CreatedBy { get; init; }
    public Subject? UpdatedBy { get; init; }

    /// <summary>The entity that owns the token: the one whose kind is the token's scope.</summary>
    public string OwnerId => Roles.First(r => r.EntityType == Scope).EntityId;

    public string OwnRole => Roles.First(r => r.EntityType == Scope).Role;

    public Subject Profile => new(Id, "SERVICEKEY", ApiTokenName: Name);
}
