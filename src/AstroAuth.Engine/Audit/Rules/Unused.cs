namespace AstroAuth.Engine.Audit.Rules;

/// <summary>Used once, but not for a long time.</summary>
internal sealed class Unused : TokenRule
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

    internal override string? Test(AuditedToken token, AuditContext context) =>
        token.Token.LastUsedOn is { } used && used <= context.Now - context.Options.UnusedFor
            ? $"It was last used {Days.Say(context.Now - used)} ago ({Days.Say(used)})."
            : null;
}
