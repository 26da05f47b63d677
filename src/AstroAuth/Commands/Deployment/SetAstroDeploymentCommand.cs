using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deployment;

/// <summary>Changes settings of a deployment and keeps every other as it is.</summary>
[Cmdlet(VerbsCommon.Set, "AstroDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(AstroDeployment))]
public sealed class SetAstroDeploymentCommand : DeploymentSettingsCmdlet
{
    /// <summary>The deployment by id or exact name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Deployment { get; set; } = "";

    /// <summary>The workspace of the deployment, by id or exact name, where several deployments have one name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>Its new name, at most 500 characters.</summary>
    [Parameter]
    [ValidateLength(1, 500)]
    public string? Name { get; set; }

    /// <summary>Names of worker queues to take away.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkerQueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveWorkerQueue { get; set; }

    /// <summary>Wait until the deployment runs, or sleeps, again.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait at most, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int WaitTimeoutSec { get; set; } = 900;

    /// <summary>How long to wait between two looks, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int PollIntervalSec { get; set; } = 10;

    /// <summary>Give the deployment as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var plan = await Engine.PlanDeploymentChangeAsync(call, Deployment, Workspace, ToSettings(Name) with { RemovedQueues = RemoveWorkerQueue });
        if (plan.Changes.Count == 0)
        {
            call.Sink.Verbose($"The deployment '{plan.Name}' is like that already; nothing was sent.");
            if (PassThru)
                await WriteAsync([await Engine.GetDeploymentAsync(call, plan.Id!, null)]);
            return;
        }

        var text = $"Change deployment '{plan.Name}' ({plan.Id}):{Environment.NewLine}" + string.Join(Environment.NewLine, plan.Changes.Select(c => "  " + c));
        if (!await Pump.InvokeAsync(() => ShouldProcess(text, text, "Set-AstroDeployment")))
            return;
        var changed = await Engine.CarryOutAsync(call, plan);
        if (Wait)
        {
            changed = await DeploymentWaiting.WaitAsync(this, call, changed, new DeploymentWait
            {
                IsThere = DeploymentWaiting.IsAtRest,
                Patience = TimeSpan.FromSeconds(WaitTimeoutSec),
                Interval = TimeSpan.FromSeconds(PollIntervalSec),
            });
        }

        await GiveAsync(changed, PassThru);
    }
}
