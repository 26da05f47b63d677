namespace AstroAuth.Engine.Audit.Rules;

/// <summary>Ended, and still in the list.</summary>
internal sealed class Expired : SingleTokenRule
{
    internal Expired()
        : base(
            nameof(Expired),
            AstroFindingSeverity.Warning,
            "expired and still there",
            "It does nothing any more, hides the tokens that matter, and what still sends it fails.",
            "Delete it: Remove-AstroApiToken -Id {id}. Where it is still sent, put the value of a new token there first.")
    {
    }

    internal override bool WantsEnded => true;

    internal override bool IsBroken(AuditedToken token, AuditContext context) => token.HasEnded;

    internal override string Say(AuditedToken token, AuditContext context)
    {
        var end = token.Token.ExpiresOn!.Value;
        return $"It ended {Days.Say(context.Now - end)} ago ({Days.Say(end)}) and is still there.";
    }
}
