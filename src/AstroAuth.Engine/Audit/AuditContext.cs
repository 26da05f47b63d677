using System;
using System.Collections.Generic;

namespace AstroAuth.Engine.Audit;

/// <summary>What the rules of one audit share.</summary>
internal sealed class AuditContext
{
    internal AuditContext(AstroAuditOptions options, DateTimeOffset now)
    {
        Options = options;
        Now = now;
    }

    internal AstroAuditOptions Options { get; }

    /// <summary>One moment for the whole audit, so that equal tokens are judged alike.</summary>
    internal DateTimeOffset Now { get; }

    /// <summary>The ids of the organization's members; null while unknown or when it may not be known.</summary>
    internal HashSet<string>? Members { get; set; }

    /// <summary>The workspace of each deployment; null while unknown or when it may not be known.</summary>
    internal Dictionary<string, string>? WorkspaceOfDeployment { get; set; }
}

/// <summary>What a rule has to know of the organization.</summary>
[Flags]
internal enum LookUp
{
    None = 0,
    Members = 1,
    Deployments = 2,
}
