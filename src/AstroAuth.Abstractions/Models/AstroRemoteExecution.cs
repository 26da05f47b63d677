using System.Collections.Generic;

namespace AstroAuth;

/// <summary>How a deployment's tasks run on machines of one's own, by agents.</summary>
public sealed class AstroRemoteExecution
{
    /// <summary>Whether they do.</summary>
    public bool IsEnabled { get; internal set; }

    /// <summary>The address that agents connect to.</summary>
    public string RemoteApiUrl { get; internal set; } = "";

    /// <summary>The ranges (CIDR) that agents may connect from; none where all may.</summary>
    public IReadOnlyList<string> AllowedIpAddressRanges { get; internal set; } = [];

    /// <summary>The bucket of the tasks' logs, or null.</summary>
    public string? TaskLogBucket { get; internal set; }

    /// <summary>The pattern of the address of a task's log, or null.</summary>
    public string? TaskLogUrlPattern { get; internal set; }

    /// <summary>Whether it is on, and the address for agents.</summary>
    public override string ToString() => $"{(IsEnabled ? "on" : "off")}, {RemoteApiUrl}";
}
