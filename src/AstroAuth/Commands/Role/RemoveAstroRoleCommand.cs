using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Role;

/// <summary>Removes custom roles for good.</summary>
[Cmdlet(VerbsCommon.Remove, "AstroRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAstroRoleCommand : AstroConnectedCmdlet
{
    /// <summary>The custom role by its exact name or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <inheritdoc />
    internal override Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken) => Engine.DeleteRoleAsync(
        call,
        Name,
        role => Pump.InvokeAsync(() => ShouldProcess($"'{role}' for a {role.Scope.ToLowerInvariant()} ({role.Id})", "Remove custom role")));
}
