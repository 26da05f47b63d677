using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deploy;

/// <summary>Gives the deploys of a deployment, the newest first, or some by their ids.</summary>
[Cmdlet(VerbsCommon.Get, "AstroDeploy", DefaultParameterSetName = FindSet)]
[OutputType(typeof(AstroDeploy))]
public sealed class GetAstroDeployCommand : AstroConnectedCmdlet
{
    private const string FindSet = "Find";
    private const string IdSet = "Id";

    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId", "Name")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The ids of the deploys.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(DeployIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The workspace by id or exact name; without it the connection's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>Only deploys with this status: Initialized, Deployed or Failed.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [ValidateSet("Initialized", "Deployed", "Failed")]
    public string? Status { get; set; }

    /// <summary>Only deploys of this type: Dag_Only, Image_And_Dag, Image_Only or Bundle.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [ValidateSet("Dag_Only", "Image_And_Dag", "Image_Only", "Bundle")]
    public string? Type { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id!)
                await EachAsync(async () => await WriteAsync([await Engine.GetDeployAsync(call, id, Deployment, Workspace)]));
            return;
        }

        await Engine.ListDeploysAsync(call, Deployment, Workspace, page => WritePageAsync(page.Where(d => Matches(Status, d.Status) && Matches(Type, d.Type)).ToList()));
    }

    private static bool Matches(string? wanted, string value) => wanted is null || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);
}
