using System;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>The same value for a long time, unless a successor is at work already.</summary>
internal sealed class NotRotated : SingleTokenRule
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

    internal override bool IsBroken(AuditedToken token, AuditContext context) => !token.IsRetiring && Since(token) <= context.Now - context.Options.NotRotatedFor;

    internal override string Say(AuditedToken token, AuditContext context) =>
        $"Its value has been the same for {Days.Say(context.Now - Since(token))} (since {Days.Say(Since(token))}).";

    private static DateTimeOffset Since(AuditedToken token) => token.Token.LastRotatedOn ?? token.Token.StartsOn;
}
