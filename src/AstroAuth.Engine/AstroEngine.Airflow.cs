using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Airflow;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine;

/// <content>The Airflow of a deployment.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public async Task SendAirflowAsync(AstroCall call, AstroDeployment deployment, AstroRequest request, Func<IReadOnlyList<object?>, Task> onResult) =>
        await new AirflowRequests(await OpenAirflowAsync(call, deployment)).SendAsync(request, onResult);

    /// <inheritdoc />
    public async Task<AstroDag> GetDagAsync(AstroCall call, AstroDeployment deployment, string dagId) =>
        await new Dags(await OpenAirflowAsync(call, deployment)).GetAsync(dagId);

    /// <inheritdoc />
    public async Task ListDagsAsync(AstroCall call, AstroDeployment deployment, AstroDagQuery query, Func<IReadOnlyList<AstroDag>, Task> onPage) =>
        await new Dags(await OpenAirflowAsync(call, deployment)).ListAsync(query, onPage);

    /// <inheritdoc />
    public async Task<AstroDag> SetDagPausedAsync(AstroCall call, AstroDeployment deployment, string dagId, bool isPaused) =>
        await new Dags(await OpenAirflowAsync(call, deployment)).SetPausedAsync(dagId, isPaused);

    /// <inheritdoc />
    public async Task<AstroDagRun> StartDagRunAsync(AstroCall call, AstroDeployment deployment, AstroDagRunStart start) =>
        await new DagRuns(await OpenAirflowAsync(call, deployment)).StartAsync(start);

    /// <inheritdoc />
    public async Task<AstroDagRun> GetDagRunAsync(AstroCall call, AstroDeployment deployment, string dagId, string runId) =>
        await new DagRuns(await OpenAirflowAsync(call, deployment)).GetAsync(dagId, runId);

    /// <inheritdoc />
    public async Task ListDagRunsAsync(AstroCall call, AstroDeployment deployment, AstroDagRunQuery query, Func<IReadOnlyList<AstroDagRun>, Task> onPage) =>
        await new DagRuns(await OpenAirflowAsync(call, deployment)).ListAsync(query, onPage);

    /// <inheritdoc />
    public async Task<AstroDagRun> WaitForDagRunAsync(
        AstroCall call, AstroDeployment deployment, AstroDagRun run, AstroDagRunWait wait, Action<AstroDagRun> onLook) =>
        await new DagRuns(await OpenAirflowAsync(call, deployment)).WaitAsync(run, wait, onLook);

    private static Task<AirflowSite> OpenAirflowAsync(AstroCall call, AstroDeployment deployment) => AirflowSite.OpenAsync(new ApiClient(call), deployment);
}
