namespace AstroAuth.Engine.Audit.Rules;

/// <summary>No end.</summary>
internal sealed class NeverExpires : SingleTokenRule
{
    internal NeverExpires()
        : base(
            nameof(NeverExpires),
            AstroFindingSeverity.Error,
            "never expires",
            "A value that leaks once works until somebody notices and deletes the token. The expiry of a token cannot be changed later.",
            "Replace it with a token that ends: Invoke-AstroApiTokenRotation -Id {id} -Strategy Overlap -ExpiresInDays 90 -Vault <vault> -SecretName <name>")
    {
    }

    internal override bool IsBroken(AuditedToken token, AuditContext context) => token.Token.ExpiresOn is null;

    internal override string Say(AuditedToken token, AuditContext context) => $"It never expires; it was made {Days.Say(context.Now - token.Token.CreatedOn)} ago.";
}
