using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deploy;

/// <summary>Goes back to what an earlier deploy brought, as a new deploy.</summary>
[Cmdlet(VerbsData.Restore, "AstroDeploy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AstroDeploy))]
public sealed class RestoreAstroDeployCommand : AstroConnectedCmdlet
{
    /// <summary>The id of the deploy to go back to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeployIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The workspace by id or exact name; without it the connection's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>What the new deploy is for, at most 500 characters.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Wait until the deployment runs it.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for the deployment, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int WaitTimeoutSec { get; set; } = 600;

    /// <summary>Give the new deploy.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var target = await Engine.GetDeployAsync(call, Id, Deployment, Workspace);
        if (!await Pump.InvokeAsync(() => ShouldProcess(Describe(target), "Roll back")))
            return;
        var progress = new PublishProgressBar(Pump, this, $"Rolling back to deploy {target.Id}");
        try
        {
            var deploy = await Engine.RollBackAsync(
                call,
                new AstroRollback(target) { Description = Description, Wait = Wait, Patience = TimeSpan.FromSeconds(WaitTimeoutSec) },
                progress.OnProgress);
            await GiveAsync(deploy, PassThru);
        }
        finally
        {
            progress.End();
        }
    }

    private static string Describe(AstroDeploy deploy) => string.Format(
        CultureInfo.InvariantCulture,
        "deployment {0} to deploy {1} of {2:yyyy-MM-dd HH:mm}Z{3}{4}",
        deploy.DeploymentId,
        deploy.Id,
        deploy.CreatedOn.UtcDateTime,
        deploy.CreatedBy is { } who ? $" by {who}" : "",
        deploy.Description.Length > 0 ? $", '{deploy.Description}'" : "");
}
