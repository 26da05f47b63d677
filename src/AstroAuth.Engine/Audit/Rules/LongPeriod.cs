using System;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>An expiry period longer than wanted.</summary>
internal sealed class LongPeriod : TokenRule
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

    internal override string? Test(AuditedToken token, AuditContext context)
    {
        // Astro leaves the period out of some answers; both ends are always there.
        if (token.Token.ExpiresOn is not { } end)
            return null;
        var days = token.Token.ExpiryPeriodInDays ?? (int)Math.Round((end - token.Token.StartsOn).TotalDays);
        return days > context.Options.MaximumPeriodInDays
            ? $"Its expiry period is {days} days; {context.Options.MaximumPeriodInDays} are the limit."
            : null;
    }
}
