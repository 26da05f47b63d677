using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.Workspace;

/// <summary>Removes a workspace for good, with its API tokens.</summary>
[Cmdlet(VerbsCommon.Remove, "AstroWorkspace", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAstroWorkspaceCommand : AstroConnectedCmdlet
{
    /// <summary>The workspaces by id or exact name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Workspace { get; set; } = [];

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        foreach (var workspace in Workspace)
        {
            await EachAsync(async () =>
            {
                var found = await Engine.GetWorkspaceAsync(call, workspace);
                if (!await Pump.InvokeAsync(() => ShouldProcess(found.ToString(), "Remove workspace")))
                    return;
                await Engine.DeleteWorkspaceAsync(call, found.Id);
                Forget(SeenKind.Workspace, found.Id);
            });
        }
    }
}
