using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;

namespace AstroAuth.Commands.Airflow;

/// <summary>A cmdlet that pauses DAGs or lets them run again.</summary>
public abstract class DagPauseCmdlet : AstroAirflowCmdlet
{
    /// <summary>The ids of the DAGs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DagIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] DagId { get; set; } = [];

    /// <summary>Give the DAGs as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether the DAGs are to pause.</summary>
    internal abstract bool Pauses { get; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var deployment = await GetDeploymentAsync(call);
        await ForEachAsync(DagId, async id =>
        {
            if (!await Pump.InvokeAsync(() => ShouldProcess($"{id} in {deployment.Name}", Pauses ? "Pause DAG" : "Unpause DAG")))
                return;
            var dag = await Engine.SetDagPausedAsync(call, deployment, id, Pauses);
            await GiveAsync(dag, PassThru);
        });
    }
}
