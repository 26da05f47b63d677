using System;

namespace AstroAuth;

/// <summary>An error of the module in <c>Get-AstroDiagnostic</c>, with what looks like a secret taken out.</summary>
public sealed class AstroDiagnosticError
{
    /// <summary>The error's id.</summary>
    public string ErrorId { get; internal set; } = "";

    /// <summary>What it said; null for an error of PowerShell about a parameter, which may repeat what was typed.</summary>
    public string? Message { get; internal set; }

    /// <summary>The cmdlet, or null.</summary>
    public string? Command { get; internal set; }

    /// <summary>When it happened (UTC); null for an error of PowerShell.</summary>
    public DateTimeOffset? OccurredOn { get; internal set; }

    /// <summary>The request id that Astro gave, for Astronomer's support, or null.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The id, the cmdlet and the sentence.</summary>
    public override string ToString() => $"{ErrorId} in {Command ?? "a command"}{(Message is null ? "" : $": {Message}")}";
}
