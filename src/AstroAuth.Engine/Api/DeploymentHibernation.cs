using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace AstroAuth.Engine.Api;

/// <summary>How a deployment scales.</summary>
internal sealed record ScalingSpecAnswer
{
    [JsonPropertyName("hibernationSpec")] public HibernationSpecAnswer? HibernationSpec { get; init; }
}

/// <summary>When a deployment hibernates.</summary>
internal sealed record HibernationSpecAnswer
{
    [JsonPropertyName("schedules")] public List<HibernationScheduleAnswer>? Schedules { get; init; }

    [JsonPropertyName("override")] public HibernationOverrideAnswer? Override { get; init; }
}

/// <summary>A schedule of hibernation.</summary>
internal sealed record HibernationScheduleAnswer
{
    [JsonPropertyName("hibernateAtCron")] public string HibernateAtCron { get; init; } = "";

    [JsonPropertyName("wakeAtCron")] public string WakeAtCron { get; init; } = "";

    [JsonPropertyName("isEnabled")] public bool IsEnabled { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }
}

/// <summary>Somebody's word against the schedules.</summary>
internal sealed record HibernationOverrideAnswer
{
    [JsonPropertyName("isActive")] public bool? IsActive { get; init; }

    [JsonPropertyName("isHibernating")] public bool? IsHibernating { get; init; }

    [JsonPropertyName("overrideUntil")] public DateTimeOffset? OverrideUntil { get; init; }
}

/// <summary>How a deployment is scaled now.</summary>
internal sealed record ScalingStatusAnswer
{
    [JsonPropertyName("hibernationStatus")] public HibernationStatusAnswer? HibernationStatus { get; init; }
}

/// <summary>Whether a deployment sleeps.</summary>
internal sealed record HibernationStatusAnswer
{
    [JsonPropertyName("isHibernating")] public bool IsHibernating { get; init; }

    [JsonPropertyName("nextEventType")] public string? NextEventType { get; init; }

    // A text in the API's description, and so perhaps no time at all.
    [JsonPropertyName("nextEventAt")] public string? NextEventAt { get; init; }

    [JsonPropertyName("reason")] public string? Reason { get; init; }
}
