namespace AstroAuth.Engine.Audit.Rules;

/// <summary>Used once, but not for a long time.</summary>
internal sealed class Unused : SingleTokenRule
{
    internal Unused()
        : base(
            nameof(Unused),
            AstroFindingSeverity.Warning,
            "no longer used",
            "What it was made for is gone, and its value may still lie where that ran.",
            "Ask its creator and delete it: Remove-AstroApiToken -Id {id}")
    {
    }

    internal override bool IsBroken(AuditedToken token, AuditContext context) => token.Token.LastUsedOn <= context.Now - context.Options.UnusedFor;

    internal override string Say(AuditedToken token, AuditContext context)
    {
        var used = token.Token.LastUsedOn!.Value;
        return $"It was last used {Days.Say(context.Now - used)} ago ({Days.Say(used)}).";
    }
}
