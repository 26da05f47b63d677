using System.Management.Automation;

namespace AstroAuth.Commands.Airflow;

/// <summary>Pauses DAGs: their schedules rest, and runs that are started wait.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "AstroDag", SupportsShouldProcess = true)]
[OutputType(typeof(AstroDag))]
public sealed class SuspendAstroDagCommand : DagPauseCmdlet
{
    internal override bool Pauses => true;
}
