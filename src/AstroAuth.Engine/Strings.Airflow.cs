namespace AstroAuth.Engine;

/// <content>What can go wrong with a deployment's Airflow.</content>
internal static partial class Strings
{
    internal const string AirflowAsleep = "Deployment '{0}' is hibernating, so its Airflow does not answer. Resume-AstroDeployment '{0}' -Wait wakes it up.";
    internal const string AirflowNotReady = "Deployment '{0}' is {1}, so its Airflow does not answer yet. Try again when it is HEALTHY.";
    internal const string AirflowAddressInvalid = "Astro names '{1}' as the address of the Airflow of deployment '{0}', which is no address that a token may be sent to. Nothing was sent.";
    internal const string AirflowVersionUnknown = "The Airflow of deployment '{0}' answers neither as API v1 nor as API v2 below {1}. See whether the deployment is HEALTHY.";
    internal const string AirflowUnauthorized = "The Airflow of deployment '{0}' does not accept the credential of connection '{1}' ({2} {3}){4}";
    internal const string AirflowForbidden = "Connection '{1}' may not do this in the Airflow of deployment '{0}' ({2} {3}){4} It takes a role there that grants it, such as WORKSPACE_AUTHOR or a custom role with deployment.airflow permissions.";
    internal const string AirflowNotFound = "The Airflow of deployment '{0}' has nothing at {2} {3}{4}";
    internal const string AirflowConflict = "The Airflow of deployment '{0}' says that this is there already ({2} {3}){4}";
    internal const string AirflowInvalidRequest = "The Airflow of deployment '{0}' does not accept {2} {3}{4}";
    internal const string AirflowUnavailable = "The Airflow of deployment '{0}' does not answer ({2} {3}, status {5}){4} See its Status with Get-AstroDeployment.";
    internal const string AirflowRedirected = "{2} {3} of the Airflow of deployment '{0}' led to another place (status {5}); a token is never sent along. Check the address of the deployment.";
    internal const string AirflowUnreadable = "The Airflow of deployment '{0}' answered {1} {2} with something that is not the JSON of its API: {3}.";
    internal const string AirflowPathInvalid = "'{0}' is not a path of Airflow's API: {1}.";
    internal const string DagRunExists = "DAG '{0}' of deployment '{1}' has a run with the id '{2}' or with this logical date already. Leave out -RunId, or choose another logical date.";
    internal const string DagRunWaitTimeout = "Run '{0}' of DAG '{1}' is still {2} after {3}. It goes on by itself; Get-AstroDagRun shows how far it is.";
    internal const string DagConfInvalid = "The configuration of a run must be an object of names and values, not {0}.";
}
