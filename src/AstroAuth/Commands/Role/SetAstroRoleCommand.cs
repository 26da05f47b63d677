using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Role;

/// <summary>Changes a custom role: its permissions, its name, its description, or the workspaces it can be held in.</summary>
[Cmdlet(VerbsCommon.Set, "AstroRole", SupportsShouldProcess = true)]
[OutputType(typeof(AstroRole))]
public sealed class SetAstroRoleCommand : AstroConnectedCmdlet
{
    /// <summary>The custom role by its exact name or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CustomRoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The new name. What names the role outside of Astro, such as a script, has to be changed too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>What the role is for; an empty text clears it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>All that the role is to permit, in place of what it does.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Permission { get; set; }

    /// <summary>What the role is to permit besides.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] AddPermission { get; set; } = [];

    /// <summary>What the role is to permit no longer.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] RemovePermission { get; set; } = [];

    /// <summary>The only workspaces the role can be held in, by id or exact name; an empty list for all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [AllowEmptyCollection]
    public string[]? Workspace { get; set; }

    /// <summary>Return the role.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (NewName is null && Description is null && Permission is null && AddPermission.Length == 0 && RemovePermission.Length == 0 && Workspace is null)
        {
            throw new AstroException(
                nameof(Strings.NothingToSet),
                Strings.Format(Strings.NothingToSet, "-NewName, -Description, -Permission, -AddPermission, -RemovePermission or -Workspace"),
                AstroErrorCategory.InvalidArgument,
                Name);
        }

        var isWanted = true;
        var role = await Engine.UpdateRoleAsync(
            call,
            new RoleUpdate
            {
                Role = Name,
                Name = NewName,
                Description = Description,
                Permissions = Permission,
                Add = AddPermission,
                Remove = RemovePermission,
                Workspaces = Workspace,
            },
            async (before, after) => isWanted = await Pump.InvokeAsync(() => ShouldProcess($"'{before}'", Describe(before, after))));
        if (isWanted)
            await GiveAsync(role, PassThru);
    }

    private static string Describe(AstroRole before, AstroRole after)
    {
        var parts = new List<string>();
        if (before.Name != after.Name)
            parts.Add($"rename to '{after}'");
        if (before.Description != after.Description)
            parts.Add("describe anew");
        Say(parts, "permit", after.Permissions.Except(before.Permissions));
        Say(parts, "no longer permit", before.Permissions.Except(after.Permissions));
        if (!before.RestrictedWorkspaceIds.SequenceEqual(after.RestrictedWorkspaceIds))
            parts.Add(after.RestrictedWorkspaceIds.Count == 0 ? "allow in all workspaces" : $"restrict to workspaces {string.Join(", ", after.RestrictedWorkspaceIds)}");
        return "Change custom role: " + (parts.Count == 0 ? "order of permissions" : string.Join("; ", parts));
    }

    private static void Say(List<string> parts, string what, IEnumerable<string> permissions)
    {
        var text = string.Join(", ", permissions);
        if (text.Length > 0)
            parts.Add($"{what} {text}");
    }
}
