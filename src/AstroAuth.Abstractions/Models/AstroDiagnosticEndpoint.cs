namespace AstroAuth;

/// <summary>How a domain of Astro is reached, in <c>Get-AstroDiagnostic</c>. It is asked without a credential.</summary>
public sealed class AstroDiagnosticEndpoint
{
    /// <summary>The domain.</summary>
    public string Domain { get; internal set; } = "";

    /// <summary>The address of the API; null when the domain is none of Astro's.</summary>
    public string? ApiAddress { get; internal set; }

    /// <summary>The proxy on the way, without its user and password; null for none.</summary>
    public string? Proxy { get; internal set; }

    /// <summary>Whether it answered; null when it was not asked.</summary>
    public bool? IsReachable { get; internal set; }

    /// <summary>The HTTP status of its answer, or null.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>How long the answer took with all repetitions, in milliseconds; null when none came.</summary>
    public int? LatencyMs { get; internal set; }

    /// <summary>By how many seconds this machine's clock is ahead of Astro's, from the Date header (RFC 9110, 6.6.1: good to a second); null when none came.</summary>
    public int? ClockSkewSec { get; internal set; }

    /// <summary>The error's id when it failed, or null.</summary>
    public string? ErrorId { get; internal set; }

    /// <summary>Why it failed, or null.</summary>
    public string? Message { get; internal set; }

    /// <summary>The domain and what came of it.</summary>
    public override string ToString()
    {
        var answer = IsReachable is null ? "not asked" : StatusCode is { } status ? $"status {status} in {LatencyMs} ms" : "no answer";
        var clock = ClockSkewSec is { } skew ? $", clock {skew:+0;-0;0} s" : "";
        return $"{Domain}: {answer}{clock}{(Proxy is null ? "" : $", by proxy {Proxy}")}{(ErrorId is null ? "" : $", {ErrorId}: {Message}")}";
    }
}
