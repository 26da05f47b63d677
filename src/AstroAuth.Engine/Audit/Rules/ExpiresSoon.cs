namespace AstroAuth.Engine.Audit.Rules;

/// <summary>An end that is near, unless a successor is at work already.</summary>
internal sealed class ExpiresSoon : SingleTokenRule
{
    internal ExpiresSoon()
        : base(
            nameof(ExpiresSoon),
            AstroFindingSeverity.Warning,
            "expires soon",
            "What uses the token stops working at its end, often at night.",
            "Rotate it before that: Invoke-AstroApiTokenRotation -Id {id} -Vault <vault> -SecretName <name>. When nobody needs it any more, delete it.")
    {
    }

    internal override bool IsBroken(AuditedToken token, AuditContext context) =>
        !token.IsRetiring && token.Token.ExpiresOn <= context.Now + context.Options.ExpiringWithin;

    internal override string Say(AuditedToken token, AuditContext context)
    {
        var end = token.Token.ExpiresOn!.Value;
        return $"It ends in {Days.Say(end - context.Now)} ({Days.Say(end)}).";
    }
}
