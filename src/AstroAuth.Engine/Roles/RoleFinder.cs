using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Roles;

/// <summary>Finds roles by what is known of them.</summary>
internal sealed class RoleFinder
{
    internal const string BuiltIn = "BuiltIn";
    internal const string Custom = "Custom";
    internal const string Template = "Template";

    private readonly ApiClient _api;
    private readonly CustomRoles _roles;

    internal RoleFinder(ApiClient api, CustomRoles roles)
    {
        _api = api;
        _roles = roles;
    }

    internal async Task<List<AstroRole>> ListAsync(RoleQuery query)
    {
        var found = new List<AstroRole>();
        if (Wants(query, BuiltIn) || Wants(query, Custom))
        {
            var (custom, builtIn) = await _roles.ListAsync();
            if (Wants(query, BuiltIn))
                found.AddRange(builtIn.Where(r => Wants(query, r)).Select(r => ToModel(r, BuiltIn)));

            // The list leaves the permissions of custom roles out.
            foreach (var role in custom.Where(r => Wants(query, Custom) && Wants(query, r)))
                found.Add(ToModel(await _roles.GetAsync(role.Id!), Custom));
        }

        if (Wants(query, Template))
            found.AddRange((await _roles.ListTemplatesAsync()).Where(r => Wants(query, r)).Select(r => ToModel(r, Template)));
        return found;
    }

    /// <summary>The custom role of that id or exact name, with its permissions.</summary>
    /// <exception cref="AstroException">RoleNotFound, or RoleNotCustom for one that cannot be changed.</exception>
    internal async Task<RoleAnswer> GetCustomAsync(string idOrName)
    {
        var (custom, builtIn) = await _roles.ListAsync();
        if (custom.Find(r => r.Name == idOrName || r.Id == idOrName) is { } found)
            return await _roles.GetAsync(found.Id!);
        if (builtIn.Exists(r => r.Name == idOrName) || (await _roles.ListTemplatesAsync()).Exists(r => r.Name == idOrName))
            throw new AstroException(nameof(Strings.RoleNotCustom), Strings.Format(Strings.RoleNotCustom, idOrName), AstroErrorCategory.InvalidOperation, idOrName);
        throw new AstroException(
            nameof(Strings.RoleNotFound),
            Strings.Format(Strings.RoleNotFound, idOrName, _api.Call.Connection.Name),
            AstroErrorCategory.ObjectNotFound,
            idOrName);
    }

    /// <exception cref="AstroException">RoleNameTaken.</exception>
    internal async Task CheckFreeAsync(string name)
    {
        var (custom, builtIn) = await _roles.ListAsync();
        if (custom.Exists(r => r.Name == name) || builtIn.Exists(r => r.Name == name))
            throw new AstroException(nameof(Strings.RoleNameTaken), Strings.Format(Strings.RoleNameTaken, name), AstroErrorCategory.ResourceExists, name);
    }

    internal static AstroRole ToModel(RoleAnswer answer, string kind) => new()
    {
        Id = answer.Id ?? "",
        Name = answer.Name,
        Kind = kind,
        Scope = answer.ScopeType,
        Description = answer.Description ?? "",
        Permissions = answer.Permissions ?? [],
        RestrictedWorkspaceIds = answer.RestrictedWorkspaceIds ?? [],
        CreatedOn = answer.CreatedAt,
        UpdatedOn = answer.UpdatedAt,
        CreatedBy = ApiTokenMapping.ToModel(answer.CreatedBy),
        UpdatedBy = ApiTokenMapping.ToModel(answer.UpdatedBy),
    };

    private static bool Wants(RoleQuery query, string kind) => query.Kind is null || query.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase);

    private static bool Wants(RoleQuery query, RoleAnswer role) =>
        (query.Scope is null || query.Scope == role.ScopeType) && (query.NameMatches is null || query.NameMatches(role.Name));
}
