using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.Role;

/// <summary>Removes custom roles for good.</summary>
[Cmdlet(VerbsCommon.Remove, "AstroRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAstroRoleCommand : AstroConnectedCmdlet
{
    /// <summary>The custom role by its exact name or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CustomRoleNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        string? removed = null;
        await Engine.DeleteRoleAsync(call, Name, async role =>
        {
            var isWanted = await Pump.InvokeAsync(() => ShouldProcess($"'{role}' for a {role.Scope.ToLowerInvariant()} ({role.Id})", "Remove custom role"));
            removed = isWanted ? role.Id : null;
            return isWanted;
        });
        if (removed is not null)
            Forget(SeenKind.Role, removed);
    }
}
