using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Role;

/// <summary>Makes a custom role for deployments or DAGs, from permissions, from another role, or with the least a job needs.</summary>
[Cmdlet(VerbsCommon.New, "AstroRole", SupportsShouldProcess = true)]
[OutputType(typeof(AstroRole))]
public sealed class NewAstroRoleCommand : AstroConnectedCmdlet
{
    /// <summary>The role's name, by which tokens and people hold it. Not taken from the pipeline, which carries that of the pattern.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>What the role permits, as group and action; from the pipeline those of another role.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Permissions")]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[] Permission { get; set; } = [];

    /// <summary>The least that a job needs: DagDeploy, AirflowTrigger or ReadOnly. Permissions are added to it.</summary>
    [Parameter]
    [ValidateSet("DagDeploy", "AirflowTrigger", "ReadOnly")]
    public string? LeastPrivilege { get; set; }

    /// <summary>On what the role is held: Deployment or Dag.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet("Deployment", "Dag")]
    public string Scope { get; set; } = "Deployment";

    /// <summary>What the role is for.</summary>
    [Parameter]
    [AllowEmptyString]
    public string Description { get; set; } = "";

    /// <summary>The only workspaces the role can be held in, by id or exact name; without it all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Workspace { get; set; } = [];

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var role = await Engine.CreateRoleAsync(
            call,
            new RoleCreation
            {
                Name = Name,
                Scope = Scope.ToUpperInvariant(),
                Description = Description,
                Permissions = Permission,
                Preset = LeastPrivilege,
                Workspaces = Workspace,
            },
            planned => Pump.InvokeAsync(() => ShouldProcess(
                $"'{planned}' for a {planned.Scope.ToLowerInvariant()} with {string.Join(", ", planned.Permissions)}", "Create custom role")));
        if (role is not null)
            await WriteAsync([role]);
    }
}
