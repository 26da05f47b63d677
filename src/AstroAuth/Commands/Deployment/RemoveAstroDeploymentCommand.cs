using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.Deployment;

/// <summary>Removes a deployment for good, or all that were made for a while and are past their time.</summary>
[Cmdlet(VerbsCommon.Remove, "AstroDeployment", DefaultParameterSetName = OneSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAstroDeploymentCommand : AstroConnectedCmdlet
{
    private const string OneSet = "One";
    private const string ExpiredSet = "Expired";

    /// <summary>The deployments by id or exact name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OneSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Deployment { get; set; } = [];

    /// <summary>The workspace, by id or exact name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>Remove the deployments that were made with -Ephemeral and are past their time, and no others.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExpiredSet)]
    public SwitchParameter Expired { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (ParameterSetName == OneSet)
        {
            foreach (var name in Deployment)
                await EachAsync(async () => await RemoveAsync(call, await Engine.GetDeploymentAsync(call, name, Workspace)));
            return;
        }

        foreach (var deployment in await Engine.GetExpiredDeploymentsAsync(call, Workspace))
            await EachAsync(() => RemoveAsync(call, deployment));
    }

    private async Task RemoveAsync(AstroCall call, AstroDeployment deployment)
    {
        var text = $"'{deployment.Name}' ({deployment.Id}) of workspace '{deployment.WorkspaceName ?? deployment.WorkspaceId}'"
            + (deployment.ExpiresOn is { } end ? $", made for a while until {end.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "");
        if (!await Pump.InvokeAsync(() => ShouldProcess(text, "Remove deployment with its Airflow, history and logs")))
            return;
        await Engine.DeleteDeploymentAsync(call, deployment.Id);
        Forget(SeenKind.Deployment, deployment.Id);
    }
}
