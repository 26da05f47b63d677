using System.Management.Automation;

namespace AstroAuth.Commands.Airflow;

/// <summary>Lets paused DAGs run again, with the runs that waited.</summary>
[Cmdlet(VerbsLifecycle.Resume, "AstroDag", SupportsShouldProcess = true)]
[OutputType(typeof(AstroDag))]
public sealed class ResumeAstroDagCommand : DagPauseCmdlet
{
    internal override bool Pauses => false;
}
