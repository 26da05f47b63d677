namespace AstroAuth.Engine.Audit.Rules;

/// <summary>Ended, and still in the list.</summary>
internal sealed class Expired : TokenRule
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

    internal override string? Test(AuditedToken token, AuditContext context) =>
        token.HasEnded ? $"It ended {Days.Say(context.Now - token.Token.ExpiresOn!.Value)} ago ({Days.Say(token.Token.ExpiresOn!.Value)}) and is still there." : null;
}
