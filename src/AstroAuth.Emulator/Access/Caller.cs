using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Access;

/// <summary>What kind of credential a request came with.</summary>
internal enum CallerKind { User, ApiToken, DirectToken, AgentToken, DeploymentKey }

/// <summary>Who is calling, and the roles that go with it.</summary>
internal sealed record Caller(
    CallerKind Kind, string Id, string OrganizationId, IReadOnlyList<RoleEntry> Roles, Subject Profile, User? User = null)
{
    public bool BelongsTo(string organizationId) => OrganizationId == organizationId;
}

/// <summary>The answer of the bearer gate: a caller, or why there is none.</summary>
internal sealed record GateAnswer(Caller? Caller, string? Reason, string? TokenId = null);
