using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>
/// The Airflow of a deployment (wire contract 7). The connection's token goes to the host that Astro names for that
/// deployment, and to no other. The base of the API, v1 or v2, is found out.
/// </summary>
public interface IAstroAirflow
{
    /// <summary>Calls any path of a deployment's Airflow REST API and hands over each result as a tree of plain values.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="deployment">The deployment, as Astro gave it.</param>
    /// <param name="request">What to call; the path is the one below <c>/api/v1</c> or <c>/api/v2</c>.</param>
    /// <param name="onResult">Gets the body, or with <see cref="AstroRequest.All" /> the items of each page; awaited before the next.</param>
    /// <exception cref="AstroException">The deployment sleeps or is not ready, the request was refused here, or Airflow answered with a failure.</exception>
    Task SendAirflowAsync(AstroCall call, AstroDeployment deployment, AstroRequest request, Func<IReadOnlyList<object?>, Task> onResult);

    /// <summary>Gives one DAG by its id.</summary>
    /// <exception cref="AstroException">It was not found, or Airflow refused or does not answer.</exception>
    Task<AstroDag> GetDagAsync(AstroCall call, AstroDeployment deployment, string dagId);

    /// <summary>Gives the DAGs that are wanted, page by page.</summary>
    /// <exception cref="AstroException">Airflow refused or does not answer.</exception>
    Task ListDagsAsync(AstroCall call, AstroDeployment deployment, AstroDagQuery query, Func<IReadOnlyList<AstroDag>, Task> onPage);

    /// <summary>Pauses a DAG or lets it run, and gives it as it is then.</summary>
    /// <exception cref="AstroException">It was not found, or Airflow refused or does not answer.</exception>
    Task<AstroDag> SetDagPausedAsync(AstroCall call, AstroDeployment deployment, string dagId, bool isPaused);

    /// <summary>Starts a run, once: a request whose answer was lost is repeated under the same run id.</summary>
    /// <exception cref="AstroException">DagRunExists, or Airflow refused or does not answer.</exception>
    Task<AstroDagRun> StartDagRunAsync(AstroCall call, AstroDeployment deployment, AstroDagRunStart start);

    /// <summary>Gives one run by its id.</summary>
    /// <exception cref="AstroException">It was not found, or Airflow refused or does not answer.</exception>
    Task<AstroDagRun> GetDagRunAsync(AstroCall call, AstroDeployment deployment, string dagId, string runId);

    /// <summary>Gives the runs of a DAG, or of all, the newest first and page by page.</summary>
    /// <exception cref="AstroException">The DAG was not found, or Airflow refused or does not answer.</exception>
    Task ListDagRunsAsync(AstroCall call, AstroDeployment deployment, AstroDagRunQuery query, Func<IReadOnlyList<AstroDagRun>, Task> onPage);

    /// <summary>Asks for a run again and again until it has ended.</summary>
    /// <param name="call">Whom to call as; stopping it ends the wait at once.</param>
    /// <param name="deployment">The deployment, as Astro gave it.</param>
    /// <param name="run">The run.</param>
    /// <param name="wait">How often to ask, and for how long.</param>
    /// <param name="onLook">Gets the run as it is at each look.</param>
    /// <returns>The run as it ended.</returns>
    /// <exception cref="AstroException">DagRunWaitTimeout, or Airflow refused or does not answer.</exception>
    Task<AstroDagRun> WaitForDagRunAsync(AstroCall call, AstroDeployment deployment, AstroDagRun run, AstroDagRunWait wait, Action<AstroDagRun> onLook);
}
