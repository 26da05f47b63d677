using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;

namespace AstroAuth.Commands.Airflow;

/// <summary>Gives the runs of a DAG, or of all DAGs of a deployment, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "AstroDagRun")]
[OutputType(typeof(AstroDagRun))]
public sealed class GetAstroDagRunCommand : AstroAirflowCmdlet
{
    /// <summary>The DAG; without it the runs of all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DagIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DagId { get; set; }

    /// <summary>The ids of the runs; they need -DagId.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DagRunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RunId { get; set; }

    /// <summary>Only runs in one of these states.</summary>
    [Parameter]
    [ValidateSet("queued", "running", "success", "failed")]
    public string[]? State { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (RunId is not null && DagId is null)
        {
            throw new AstroException(
                nameof(Strings.DagIdRequired), Strings.Format(Strings.DagIdRequired, RunId[0]), AstroErrorCategory.InvalidArgument, RunId[0]);
        }

        var deployment = await GetDeploymentAsync(call);
        if (RunId is not null)
        {
            await ForEachAsync(RunId, async id =>
            {
                var run = await Engine.GetDagRunAsync(call, deployment, DagId!, id);
                if (State is null || State.Contains(run.State, System.StringComparer.OrdinalIgnoreCase))
                    await WriteAsync([run]);
            });
            return;
        }

        var query = new AstroDagRunQuery { DagId = DagId, States = State?.Select(s => s.ToLowerInvariant()).ToArray() ?? [] };
        await Engine.ListDagRunsAsync(call, deployment, query, WritePageAsync);
    }
}
