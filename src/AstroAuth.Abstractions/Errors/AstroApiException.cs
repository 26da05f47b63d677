using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>Astro answered with a failure (wire contract 3.1 and 3.2).</summary>
public sealed class AstroApiException : AstroException
{
    internal AstroApiException(
        string errorId,
        string message,
        AstroErrorCategory category,
        object? target,
        int statusCode,
        string? requestId,
        IReadOnlyList<AstroFieldError> fieldErrors,
        string method,
        string path)
        : base(errorId, message, category, target)
    {
        StatusCode = statusCode;
        RequestId = requestId;
        FieldErrors = fieldErrors;
        Method = method;
        Path = path;
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The id by which Astronomer's support finds the call, or null when none came.</summary>
    public string? RequestId { get; }

    /// <summary>What was wrong with which field; empty when Astro named none.</summary>
    public IReadOnlyList<AstroFieldError> FieldErrors { get; }

    /// <summary>The HTTP method of the call.</summary>
    public string Method { get; }

    /// <summary>The path of the call, without its query.</summary>
    public string Path { get; }

    /// <summary>How long Astro asked to wait before the next try, or null.</summary>
    public TimeSpan? RetryAfter { get; internal set; }
}
