using System;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>An expiry period longer than wanted.</summary>
internal sealed class LongPeriod : SingleTokenRule
{
    internal LongPeriod()
        : base(
            nameof(LongPeriod),
            AstroFindingSeverity.Warning,
            "expiry period too long",
            "The longer a value lives, the longer a leak goes unnoticed, and the less anybody remembers how to replace it.",
            "Replace it with one that lives shorter: Invoke-AstroApiTokenRotation -Id {id} -Strategy Overlap -ExpiresInDays 90 -Vault <vault> -SecretName <name>")
    {
    }

    internal override bool IsBroken(AuditedToken token, AuditContext context) =>
        token.Token.ExpiresOn is { } end && DaysOf(token.Token, end) > context.Options.MaximumPeriodInDays;

    internal override string Say(AuditedToken token, AuditContext context) =>
        $"Its expiry period is {DaysOf(token.Token, token.Token.ExpiresOn!.Value)} days; {context.Options.MaximumPeriodInDays} are the limit.";

    // Astro leaves the period out of some answers; both ends are always there.
    private static int DaysOf(AstroApiToken token, DateTimeOffset end) => token.ExpiryPeriodInDays ?? (int)Math.Round((end - token.StartsOn).TotalDays);
}
