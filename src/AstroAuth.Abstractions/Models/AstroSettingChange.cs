namespace AstroAuth;

/// <summary>One setting that an update changes, as it is and as it will be. The value of a secret is never in it.</summary>
public sealed class AstroSettingChange
{
    /// <summary>Makes a change.</summary>
    public AstroSettingChange(string setting, string? from, string? to)
    {
        Setting = setting;
        From = from;
        To = to;
    }

    /// <summary>The setting, e.g. <c>workerQueues[default].maxWorkerCount</c>.</summary>
    public string Setting { get; }

    /// <summary>What it is; null when it is not there.</summary>
    public string? From { get; }

    /// <summary>What it will be; null when it is taken away.</summary>
    public string? To { get; }

    /// <summary>The setting with both values.</summary>
    public override string ToString() => $"{Setting}: {From ?? "(none)"} -> {To ?? "(none)"}";
}
