using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Commands.Request;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Airflow;

/// <summary>Starts a run of a DAG and, with -Wait, waits until it has ended.</summary>
[Cmdlet(VerbsLifecycle.Start, "AstroDagRun", SupportsShouldProcess = true)]
[OutputType(typeof(AstroDagRun))]
public sealed class StartAstroDagRunCommand : AstroAirflowCmdlet
{
    private const int Activity = 4712;

    /// <summary>The DAG.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DagIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string DagId { get; set; } = "";

    /// <summary>The run's configuration: a hashtable or object that becomes JSON, or JSON text.</summary>
    [Parameter]
    public object? Conf { get; set; }

    /// <summary>The logical date; without it none in Airflow 3, and the present in Airflow 2.</summary>
    [Parameter]
    public DateTimeOffset? LogicalDate { get; set; }

    /// <summary>The id of the run; without it one is made.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary>A note on the run.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>Wait until the run has ended; one that failed is an error.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many seconds lie between two looks at the run.</summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int PollIntervalSec { get; set; } = 5;

    /// <summary>How many seconds to wait at most; without it for as long as it takes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int WaitTimeoutSec { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var start = new AstroDagRunStart
        {
            DagId = DagId,
            RunId = RunId,
            LogicalDate = LogicalDate,
            Conf = PlainObjects.FromPowerShell(Conf),
            Note = Note,
        };
        var deployment = await GetDeploymentAsync(call);
        if (!await Pump.InvokeAsync(() => ShouldProcess($"{DagId} in {deployment.Name}", "Start DAG run")))
            return;
        await CheckPauseAsync(call, deployment);
        var run = await Engine.StartDagRunAsync(call, deployment, start);
        if (!Wait)
        {
            await WriteAsync([run]);
            return;
        }

        var ended = await WaitAsync(call, deployment, run);
        await WriteAsync([ended]);
        if (ended.State == "failed")
        {
            throw new AstroException(
                nameof(Strings.DagRunFailed),
                Strings.Format(Strings.DagRunFailed, ended.RunId, DagId, deployment.Name, deployment.UiUrl),
                AstroErrorCategory.InvalidOperation,
                ended.RunId);
        }
    }

    /// <summary>A run of a paused DAG waits until somebody lets the DAG run, and whoever waits for it does too.</summary>
    private async Task CheckPauseAsync(AstroCall call, AstroDeployment deployment)
    {
        var dag = await Engine.GetDagAsync(call, deployment, DagId);
        if (!dag.IsPaused)
            return;
        if (Wait)
            throw new AstroException(nameof(Strings.DagPaused), Strings.Format(Strings.DagPaused, DagId, deployment.Name), AstroErrorCategory.InvalidOperation, DagId);
        call.Sink.Warning(Strings.Format(Strings.DagPausedRunWaits, DagId));
    }

    private async Task<AstroDagRun> WaitAsync(AstroCall call, AstroDeployment deployment, AstroDagRun run)
    {
        var wait = new AstroDagRunWait(
            TimeSpan.FromSeconds(PollIntervalSec), MyInvocation.BoundParameters.ContainsKey(nameof(WaitTimeoutSec)) ? TimeSpan.FromSeconds(WaitTimeoutSec) : null);
        try
        {
            return await Engine.WaitForDagRunAsync(call, deployment, run, wait, now => Report(now, ProgressRecordType.Processing));
        }
        finally
        {
            Report(run, ProgressRecordType.Completed);
        }
    }

    private void Report(AstroDagRun run, ProgressRecordType type)
    {
        // A log is no screen: there, each look would be a line.
        if (CiHost.IsAny)
            return;
        var record = new ProgressRecord(Activity, $"Waiting for {run.DagId}", $"{run.RunId}: {run.State}") { RecordType = type };
        Pump.Post(() => WriteProgress(record));
    }
}
