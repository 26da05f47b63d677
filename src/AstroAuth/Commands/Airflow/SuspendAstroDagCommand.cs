using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;

namespace AstroAuth.Commands.Airflow;

/// <summary>Pauses DAGs: their schedules rest, and runs that are started wait.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "AstroDag", SupportsShouldProcess = true)]
[OutputType(typeof(AstroDag))]
public sealed class SuspendAstroDagCommand : AstroAirflowCmdlet
{
    /// <summary>The ids of the DAGs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DagIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] DagId { get; set; } = [];

    /// <summary>Give the DAGs as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var deployment = await GetDeploymentAsync(call);
        await ForEachAsync(DagId, async id =>
        {
            if (!await Pump.InvokeAsync(() => ShouldProcess($"{id} in {deployment.Name}", "Pause DAG")))
                return;
            var dag = await Engine.SetDagPausedAsync(call, deployment, id, isPaused: true);
            await GiveAsync(dag, PassThru);
        });
    }
}
