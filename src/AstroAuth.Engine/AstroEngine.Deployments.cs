using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Deployments;

namespace AstroAuth.Engine;

/// <content>Deployments.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public Task<AstroDeployment> GetDeploymentAsync(AstroCall call, string idOrName, string? workspace) =>
        new DeploymentReader(new ApiClient(call)).GetAsync(idOrName, workspace);

    /// <inheritdoc />
    public Task ListDeploymentsAsync(AstroCall call, string? workspace, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroDeployment>, Task> onPage) =>
        new DeploymentReader(new ApiClient(call)).ListAsync(workspace, nameMatches, onPage);
}
