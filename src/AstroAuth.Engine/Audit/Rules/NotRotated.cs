namespace AstroAuth.Engine.Audit.Rules;

/// <summary>The same value for a long time, unless a successor is at work already.</summary>
internal sealed class NotRotated : TokenRule
{
    internal NotRotated()
        : base(
            nameof(NotRotated),
            AstroFindingSeverity.Warning,
            "not rotated",
            "An old value has been through many hands, logs and machines. A rotation ends all copies that nobody remembers.",
            "Rotate it: Invoke-AstroApiTokenRotation -Id {id} -Vault <vault> -SecretName <name>, best from a schedule with -OlderThan.")
    {
    }

    internal override string? Test(AuditedToken token, AuditContext context)
    {
        var since = token.Token.LastRotatedOn ?? token.Token.StartsOn;
        return !token.IsRetiring && since <= context.Now - context.Options.NotRotatedFor
            ? $"Its value has been the same for {Days.Say(context.Now - since)} (since {Days.Say(since)})."
            : null;
    }
}
