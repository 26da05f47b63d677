using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Roles;

/// <summary>Makes, changes and removes custom roles.</summary>
internal sealed class RoleEdit
{
    private readonly ApiClient _api;
    private readonly string _organizationId;
    private readonly CustomRoles _roles;
    private readonly RoleFinder _finder;

    internal RoleEdit(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
        _roles = new CustomRoles(api, organizationId);
        _finder = new RoleFinder(api, _roles);
    }

    internal async Task<AstroRole?> CreateAsync(RoleCreation creation, Func<AstroRole, Task<bool>> confirm)
    {
        var offered = await OfferedPermissions.AskAsync(_roles, creation.Scope);
        var permissions = Distinct(creation.Preset is { } preset ? offered.Preset(preset).Concat(creation.Permissions) : creation.Permissions);
        RequireSome(creation.Name, permissions);
        offered.Check(permissions);
        await _finder.CheckFreeAsync(creation.Name);
        var body = new RoleBody
        {
            Name = creation.Name,
            ScopeType = creation.Scope,
            Description = creation.Description,
            Permissions = permissions,
            RestrictedWorkspaceIds = await FindAsync(creation.Workspaces),
        };
        if (!await confirm(RoleFinder.ToModel(Draft(body, new RoleAnswer { ScopeType = creation.Scope }), RoleFinder.Custom)))
            return null;
        return RoleFinder.ToModel(await SendAsync(body), RoleFinder.Custom);
    }

    internal async Task<AstroRole> UpdateAsync(RoleUpdate update, Func<AstroRole, AstroRole, Task<bool>> confirm)
    {
        var role = await _finder.GetCustomAsync(update.Role);
        var before = role.Permissions ?? [];
        var permissions = Distinct((update.Permissions ?? before).Concat(update.Add).Except(update.Remove));
        RequireSome(role.Name, permissions);

        // What it holds already is Astro's own affair; what is named here has to be there.
        var named = (update.Permissions ?? []).Concat(update.Add).Concat(update.Remove).Except(before).ToList();
        if (named.Count > 0)
            (await OfferedPermissions.AskAsync(_roles, role.ScopeType)).Check(named);
        if (update.Name is { } name && name != role.Name)
            await _finder.CheckFreeAsync(name);
        var body = new RoleBody
        {
            Name = update.Name ?? role.Name,
            Description = update.Description ?? role.Description ?? "",
            Permissions = permissions,
            RestrictedWorkspaceIds = update.Workspaces is null ? role.RestrictedWorkspaceIds ?? [] : await FindAsync(update.Workspaces),
        };
        var current = RoleFinder.ToModel(role, RoleFinder.Custom);
        if (IsSame(role, body) || !await confirm(current, RoleFinder.ToModel(Draft(body, role), RoleFinder.Custom)))
            return current;
        return RoleFinder.ToModel(await _roles.UpdateAsync(role.Id!, body), RoleFinder.Custom);
    }

    internal async Task DeleteAsync(string idOrName, Func<AstroRole, Task<bool>> confirm)
    {
        var role = await _finder.GetCustomAsync(idOrName);
        if (!await confirm(RoleFinder.ToModel(role, RoleFinder.Custom)))
            return;
        try
        {
            await _roles.DeleteAsync(role.Id!);
        }
        catch (AstroApiException e) when (e.StatusCode == 404)
        {
            _api.Call.Sink.Verbose($"The role '{role.Name}' is gone already.");
        }
    }

    // A role's name is its own only, so that after a lost reply it tells whether there is one now.
    private async Task<RoleAnswer> SendAsync(RoleBody body)
    {
        try
        {
            return await _roles.CreateAsync(body);
        }
        catch (AstroException e) when (ApiTokenCreator.IsOutcomeUnknown(e))
        {
            var (custom, _) = await _roles.ListAsync();
            if (custom.Find(r => r.Name == body.Name) is { } made)
                return await _roles.GetAsync(made.Id!);
            throw new AstroNetworkException(
                nameof(Strings.RoleCreateOutcomeUnknown),
                Strings.Format(Strings.RoleCreateOutcomeUnknown, body.Name, e.Message.TrimEnd('.')),
                e.Category,
                body.Name,
                e);
        }
    }

    private async Task<List<string>> FindAsync(IEnumerable<string> workspaces)
    {
        var ids = new List<string>();
        foreach (var workspace in workspaces)
            ids.Add((await new Places(_api).FindWorkspaceAsync(_organizationId, workspace)).Id);
        return ids;
    }

    private static RoleAnswer Draft(RoleBody body, RoleAnswer role) => role with
    {
        Name = body.Name,
        Description = body.Description,
        Permissions = [.. body.Permissions],
        RestrictedWorkspaceIds = [.. body.RestrictedWorkspaceIds ?? []],
    };

    private static bool IsSame(RoleAnswer role, RoleBody body) =>
        body.Name == role.Name
        && body.Description == (role.Description ?? "")
        && body.Permissions.SequenceEqual(role.Permissions ?? [])
        && (body.RestrictedWorkspaceIds ?? []).SequenceEqual(role.RestrictedWorkspaceIds ?? []);

    private static List<string> Distinct(IEnumerable<string> permissions) => permissions.Distinct(StringComparer.Ordinal).ToList();

    private static void RequireSome(string name, List<string> permissions)
    {
        if (permissions.Count == 0)
            throw new AstroException(nameof(Strings.RoleNeedsPermission), Strings.Format(Strings.RoleNeedsPermission, name), AstroErrorCategory.InvalidArgument, name);
    }
}
