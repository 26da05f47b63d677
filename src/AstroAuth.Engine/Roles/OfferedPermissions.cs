using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Roles;

/// <summary>The permissions that Astro offers for custom roles of one scope now, and the presets made of them.</summary>
internal sealed class OfferedPermissions
{
    private const string Read = "get";

    private readonly string _scope;
    private readonly List<PermissionGroupAnswer> _groups;
    private readonly HashSet<string> _all;

    internal OfferedPermissions(string scope, List<PermissionGroupAnswer> groups)
    {
        _scope = scope;
        _groups = groups;
        _all = new HashSet<string>(groups.SelectMany(g => (g.Permissions ?? []).Select(p => $"{g.Name}.{p.Action}")), StringComparer.Ordinal);
    }

    internal static async Task<OfferedPermissions> AskAsync(CustomRoles roles, string scope) =>
        new(scope, await roles.ListPermissionGroupsAsync(scope));

    /// <exception cref="AstroException">PermissionNotOffered, with what is there instead.</exception>
    internal void Check(IEnumerable<string> permissions)
    {
        var unknown = permissions.Where(p => !_all.Contains(p)).ToList();
        if (unknown.Count == 0)
            return;
        throw new AstroException(
            nameof(Strings.PermissionNotOffered),
            Strings.Format(Strings.PermissionNotOffered, string.Join(", ", unknown.Select(p => $"'{p}'")), _scope, Suggest(unknown[0])),
            AstroErrorCategory.InvalidArgument,
            unknown[0]);
    }

    /// <summary>The least that a job needs.</summary>
    /// <exception cref="AstroException">PresetNotOffered.</exception>
    internal IEnumerable<string> Preset(string name)
    {
        if (name.Equals("ReadOnly", StringComparison.OrdinalIgnoreCase))
        {
            // What reads connections, variables and environment objects reads the passwords in them.
            var readable = _all.Where(p => p.EndsWith("." + Read, StringComparison.Ordinal) && !HoldsSecrets(p))
                .OrderBy(p => p, StringComparer.Ordinal).ToList();
            return readable.Count > 0 ? readable : throw NotOffered(name, "permissions to read");
        }

        // Airflow wants the right to edit a DAG of whoever starts a run of it, besides the right to make runs.
        string[] needed = name.Equals("DagDeploy", StringComparison.OrdinalIgnoreCase)
            ? ["deployment.get", "deployment.deploys.create"]
            :
            [
                "deployment.get", "deployment.airflow.dag.get", "deployment.airflow.dag.update",
                "deployment.airflow.dagRun.get", "deployment.airflow.dagRun.create", "deployment.airflow.taskInstance.get",
            ];
        var missing = needed.Where(p => !_all.Contains(p)).ToList();
        return missing.Count == 0 ? needed : throw NotOffered(name, string.Join(", ", missing));
    }

    private static bool HoldsSecrets(string permission)
    {
        var group = GroupOf(permission);
        return group.EndsWith(".connection", StringComparison.Ordinal)
            || group.EndsWith(".variable", StringComparison.Ordinal)
            || group.EndsWith(".envObjects", StringComparison.Ordinal);
    }

    private string Suggest(string permission)
    {
        var group = _groups.Find(g => g.Name == GroupOf(permission));
        return group is null
            ? $"Its groups are: {string.Join(", ", _groups.Select(g => g.Name))}."
            : $"Of {group.Name} it offers: {string.Join(", ", (group.Permissions ?? []).Select(p => $"{group.Name}.{p.Action}"))}.";
    }

    private AstroException NotOffered(string preset, string missing) => new(
        nameof(Strings.PresetNotOffered),
        Strings.Format(Strings.PresetNotOffered, preset, missing, _scope),
        AstroErrorCategory.InvalidArgument,
        preset);

    private static string GroupOf(string permission)
    {
        var dot = permission.LastIndexOf('.');
        return dot < 0 ? permission : permission.Substring(0, dot);
    }
}
