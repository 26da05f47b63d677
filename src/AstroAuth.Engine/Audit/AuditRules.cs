using System.Collections.Generic;
using AstroAuth.Engine.Audit.Rules;

namespace AstroAuth.Engine.Audit;

/// <summary>All rules, in the order in which they run. Some keep what they have seen, so that each audit has its own.</summary>
internal static class AuditRules
{
    internal static IReadOnlyList<AuditRule> Create() =>
    [
        new NeverExpires(),
        new ExpiresSoon(),
        new Expired(),
        new LongPeriod(),
        new NotRotated(),
        new NeverUsed(),
        new Unused(),
        new BroadRole(),
        new BroadScope(),
        new CreatorLeft(),
        new DuplicateName(),
        new PersonalName(),
        new LegacyKey(),
        new CliConfigToken(),
    ];
}
