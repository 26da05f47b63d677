using System.Management.Automation;
using AstroAuth.Completion;

namespace AstroAuth.Commands.ApiTokenRole;

/// <summary>Takes one role from an API token and keeps its others.</summary>
[Cmdlet(VerbsCommon.Remove, "AstroApiTokenRole", DefaultParameterSetName = PlaceSet, SupportsShouldProcess = true)]
[OutputType(typeof(AstroApiToken))]
public sealed class RemoveAstroApiTokenRoleCommand : TokenRoleCmdlet
{
    /// <summary>The role that is to go; without it whatever role the token holds there.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(HeldRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <inheritdoc />
    internal override ApiTokenRoleChange Change => new() { Id = Id, Role = Role, Remove = true };

    /// <inheritdoc />
    internal override string Describe(AstroTokenRole role) => $"Remove role {role}";
}
