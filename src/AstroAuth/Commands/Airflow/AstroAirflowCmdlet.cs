using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Airflow;

/// <summary>A cmdlet that speaks to the Airflow of a deployment: the one named, that of the piped object, or the connection's default one.</summary>
public abstract class AstroAirflowCmdlet : AstroConnectedCmdlet
{
    // Piped objects are mostly of one deployment, and Astro need not be asked about it for each.
    private readonly Dictionary<string, AstroDeployment> _deployments = new(StringComparer.Ordinal);

    /// <summary>The deployment, by id or exact name; without it the connection's default one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId", "Id")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The deployment as Astro shows it, asked for once.</summary>
    internal async Task<AstroDeployment> GetDeploymentAsync(AstroCall call)
    {
        var name = Deployment ?? call.Connection.Deployment?.Id ?? throw new AstroException(
            nameof(Strings.AirflowDeploymentRequired),
            Strings.Format(Strings.AirflowDeploymentRequired, call.Connection.Name),
            AstroErrorCategory.InvalidArgument,
            call.Connection.Name);
        if (!_deployments.TryGetValue(name, out var deployment))
            _deployments[name] = deployment = await Engine.GetDeploymentAsync(call, name, null);
        return deployment;
    }

    /// <summary>Does something for each item; one that fails does not stop the others, unless they all would fail.</summary>
    internal async Task ForEachAsync(IEnumerable<string> items, Func<string, Task> work)
    {
        foreach (var item in items)
            await EachAsync(() => work(item));
    }
}
