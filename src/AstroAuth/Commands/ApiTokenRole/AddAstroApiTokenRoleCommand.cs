using System.Management.Automation;
using AstroAuth.Completion;

namespace AstroAuth.Commands.ApiTokenRole;

/// <summary>Gives an API token a role more, on a workspace, a deployment, a DAG or all DAGs with a tag, and keeps its others.</summary>
[Cmdlet(VerbsCommon.Add, "AstroApiTokenRole", DefaultParameterSetName = PlaceSet, SupportsShouldProcess = true)]
[OutputType(typeof(AstroApiToken))]
public sealed class AddAstroApiTokenRoleCommand : TokenRoleCmdlet
{
    /// <summary>The role, built in or custom; the least that does the job.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(TokenRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Role { get; set; } = "";

    /// <summary>Put the role in the place of another that the token holds on the same thing.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <inheritdoc />
    internal override ApiTokenRoleChange Change => new() { Id = Id, Role = Role, Replace = Replace };

    /// <inheritdoc />
    internal override string Describe(AstroTokenRole role) => $"Add role {role}";
}
