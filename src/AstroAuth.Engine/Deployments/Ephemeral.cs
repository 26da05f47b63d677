using System;
using System.Globalization;
using System.Text.Json.Nodes;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Deployments;

/// <summary>
/// Deployments that are made for a while: a note in the description says for whom and until when, so that any later run on
/// any machine can remove what is past its time, and nothing else.
/// </summary>
internal static class Ephemeral
{
    /// <summary>The longest description of a deployment (wire contract 4.9.1).</summary>
    internal const int LongestDescription = 1000;

    private const string Verb = "ephemeral";

    /// <summary>The description with the note after it; null when both do not fit.</summary>
    internal static string? Mark(string? description, string owner, DateTimeOffset until) => new DescriptionMarker(
        Verb,
        [new("until", until.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)), new("by", Clean(owner))])
        .AppendTo(description, LongestDescription);

    /// <summary>When a deployment's time is over (UTC); null when it is not one that was made for a while.</summary>
    internal static DateTimeOffset? GetEnd(string? description) =>
        DescriptionMarker.Find(description) is { Verb: Verb } marker
        && DateTimeOffset.TryParse(marker["until"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var until)
            ? until
            : null;

    /// <summary>Makes of a body of any kind the smallest deployment of it that does the same (wire contract 4.9.1).</summary>
    internal static void Shrink(JsonObject body)
    {
        var isHybrid = DeploymentUpdateBody.IsHybrid(body);
        if (isHybrid)
        {
            body["scheduler"] = new JsonObject { ["au"] = 5, ["replicas"] = 1 };
        }
        else
        {
            body["isDevelopmentMode"] = true;
            body["isHighAvailability"] = false;
            body["schedulerSize"] = "SMALL";
            body.Remove("scalingSpec");
        }

        if (body["workerQueues"] is JsonArray queues)
            body["workerQueues"] = new JsonArray(Smallest(queues, isHybrid));
    }

    private static JsonObject Smallest(JsonArray queues, bool isHybrid)
    {
        var queue = new JsonObject
        {
            ["name"] = DeploymentEdits.DefaultQueue, ["isDefault"] = true, ["minWorkerCount"] = isHybrid ? 1 : 0, ["maxWorkerCount"] = 1, ["workerConcurrency"] = 10,
        };
        if (isHybrid)
            queue["nodePoolId"] = queues.Find("name", DeploymentEdits.DefaultQueue)?["nodePoolId"]?.DeepClone();
        else
            queue["astroMachine"] = "A5";
        return queue;
    }

    private static string Clean(string owner) => System.Text.RegularExpressions.Regex.Replace(owner, @"[\s\[\]]+", "_");
}
