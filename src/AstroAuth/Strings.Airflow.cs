namespace AstroAuth;

// Airflow
internal static partial class Strings
{
    internal const string AirflowDeploymentRequired = "No deployment is named and connection '{0}' has no default one. Use -Deployment, or Set-AstroConnection -Deployment.";
    internal const string DagIdRequired = "Run '{0}' is unique within its DAG only. Name the DAG with -DagId.";
    internal const string DagPaused = "DAG '{0}' of deployment '{1}' is paused, so a run of it would wait and -Wait with it. Nothing was started. Resume-AstroDag '{0}' lets it run; without -Wait the run is queued.";
    internal const string DagPausedRunWaits = "DAG '{0}' is paused: the run waits until Resume-AstroDag lets it go.";
    internal const string DagRunFailed = "Run '{0}' of DAG '{1}' of deployment '{2}' failed. What happened is in its task logs: {3}.";
}
