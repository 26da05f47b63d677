namespace AstroAuth.Engine.Audit.Rules;

/// <summary>Made and never used.</summary>
internal sealed class NeverUsed : SingleTokenRule
{
    internal NeverUsed()
        : base(
            nameof(NeverUsed),
            AstroFindingSeverity.Warning,
            "never used",
            "It can do harm and does no good: a leak of it would be seen by nobody.",
            "Delete it: Remove-AstroApiToken -Id {id}. If it is to be used, see whether its value has arrived where it belongs.")
    {
    }

    internal override bool IsBroken(AuditedToken token, AuditContext context) =>
        token.Token.LastUsedOn is null && token.Token.StartsOn <= context.Now - context.Options.NeverUsedFor;

    internal override string Say(AuditedToken token, AuditContext context) => $"It was never used in {Days.Say(context.Now - token.Token.StartsOn)}.";
}
