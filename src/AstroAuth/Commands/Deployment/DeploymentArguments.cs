using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace AstroAuth.Commands.Deployment;

/// <summary>Reads the hashtables in which worker queues, variables and schedules are given.</summary>
internal static class DeploymentArguments
{
    private static readonly string[] QueueKeys = ["Name", "AstroMachine", "NodePoolId", "MinWorkerCount", "MaxWorkerCount", "WorkerConcurrency", "PodEphemeralStorage"];

    private static readonly string[] ScheduleKeys = ["HibernateAt", "WakeAt", "Enabled", "Description"];

    /// <exception cref="AstroException">InvalidHashtable.</exception>
    internal static IReadOnlyList<WorkerQueueSettings> ToQueues(Hashtable[] tables) => Array.ConvertAll(tables, table =>
    {
        Check(table, "-WorkerQueue", QueueKeys, "Name");
        return new WorkerQueueSettings
        {
            Name = Text(table, "Name")!,
            AstroMachine = Text(table, "AstroMachine")?.ToUpperInvariant(),
            NodePoolId = Text(table, "NodePoolId"),
            MinWorkerCount = Number(table, "MinWorkerCount"),
            MaxWorkerCount = Number(table, "MaxWorkerCount"),
            WorkerConcurrency = Number(table, "WorkerConcurrency"),
            PodEphemeralStorage = Text(table, "PodEphemeralStorage"),
        };
    });

    /// <exception cref="AstroException">InvalidHashtable.</exception>
    internal static IReadOnlyList<DeploymentHibernationSchedule> ToSchedules(Hashtable[] tables) => Array.ConvertAll(tables, table =>
    {
        Check(table, "-HibernationSchedule", ScheduleKeys, "HibernateAt", "WakeAt");
        return new DeploymentHibernationSchedule
        {
            HibernateAt = Text(table, "HibernateAt")!,
            WakeAt = Text(table, "WakeAt")!,
            Enabled = table["Enabled"] is not { } enabled || LanguagePrimitives.IsTrue(enabled),
            Description = Text(table, "Description"),
        };
    });

    /// <summary>A SecureString is a secret, $null takes a variable away, anything else is its text.</summary>
    internal static IReadOnlyList<DeploymentVariable> ToVariables(IDictionary table) => table.Cast<DictionaryEntry>()
        .Select(entry => new DeploymentVariable
        {
            Key = LanguagePrimitives.ConvertTo<string>(entry.Key),
            Secret = Plain(entry.Value) as SecureString,
            Value = Plain(entry.Value) is null or SecureString ? null : LanguagePrimitives.ConvertTo<string>(entry.Value),
        })
        .OrderBy(v => v.Key, StringComparer.Ordinal)
        .ToList();

    private static void Check(Hashtable table, string parameter, string[] known, params string[] needed)
    {
        var unknown = table.Keys.Cast<object>().Select(k => k.ToString() ?? "").FirstOrDefault(k => !known.Contains(k, StringComparer.OrdinalIgnoreCase));
        var missing = Array.Find(needed, n => string.IsNullOrEmpty(Text(table, n)));
        if (unknown is null && missing is null)
            return;
        throw new AstroException(
            nameof(Strings.InvalidHashtable),
            Strings.Format(Strings.InvalidHashtable, parameter, unknown is null ? $"has no '{missing}'" : $"has the unknown key '{unknown}'", string.Join(", ", known)),
            AstroErrorCategory.InvalidArgument,
            parameter);
    }

    private static string? Text(Hashtable table, string key) => Find(table, key) is { } value ? LanguagePrimitives.ConvertTo<string>(value) : null;

    private static int? Number(Hashtable table, string key) => Find(table, key) is not { } value ? null
        : LanguagePrimitives.TryConvertTo<int>(value, out var number) ? number
        : throw new AstroException(nameof(Strings.InvalidHashtable), Strings.Format(Strings.InvalidHashtable, key, "is no number", key), AstroErrorCategory.InvalidArgument, key);

    // A hashtable that was not written as a literal may mind the case of its keys.
    private static object? Find(Hashtable table, string key) =>
        Plain(table.Keys.Cast<object>().Where(k => string.Equals(k.ToString(), key, StringComparison.OrdinalIgnoreCase)).Select(k => table[k]).FirstOrDefault());

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
