namespace AstroAuth.Engine.Audit.Rules;

/// <summary>Made by somebody who is no longer a member of the organization.</summary>
internal sealed class CreatorLeft : SingleTokenRule
{
    internal CreatorLeft()
        : base(
            nameof(CreatorLeft),
            AstroFindingSeverity.Warning,
            "creator no longer a member",
            "Who made it may still know its value, and nobody here may know what it is for. A token does not end when its creator leaves.",
            "Find who uses it now, and rotate it so that the former value is dead: Invoke-AstroApiTokenRotation -Id {id} -Vault <vault> -SecretName <name>. When nobody does, delete it.")
    {
    }

    internal override LookUp MayNeed => LookUp.Members;

    internal override LookUp Needs(AuditedToken token) => IsByPerson(token.Token) ? LookUp.Members : LookUp.None;

    internal override bool IsBroken(AuditedToken token, AuditContext context) =>
        context.Members is { } members && IsByPerson(token.Token) && !members.Contains(token.Token.CreatedBy!.Id);

    internal override string Say(AuditedToken token, AuditContext context) => $"It was made by {token.Token.CreatedBy}, who is no longer a member of the organization.";

    private static bool IsByPerson(AstroApiToken token) => token.CreatedBy is { SubjectType: null or "USER", Id.Length: > 0 } by && by.ApiTokenName is null;
}
