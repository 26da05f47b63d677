using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deployment;

/// <summary>Gives deployments: all that match, page by page, or one by its id.</summary>
[Cmdlet(VerbsCommon.Get, "AstroDeployment", DefaultParameterSetName = FindSet)]
[OutputType(typeof(AstroDeployment))]
public sealed class GetAstroDeploymentCommand : AstroConnectedCmdlet
{
    private const string FindSet = "Find";
    private const string IdSet = "Id";
    private const string OfWorkspaceSet = "OfWorkspace";

    /// <summary>The ids of the deployments.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The names of the deployments, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = FindSet)]
    [Parameter(Position = 0, ParameterSetName = OfWorkspaceSet)]
    [ArgumentCompleter(typeof(DeploymentPatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only deployments of this workspace, by id or exact name.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>A workspace from the pipeline: only its deployments.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfWorkspaceSet, ValueFromPipeline = true)]
    public AstroWorkspace? InputObject { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id!)
                await EachAsync(async () => await WriteAsync([await Engine.GetDeploymentAsync(call, id, null)]));
            return;
        }

        var names = new NamePatterns(Name);
        await Engine.ListDeploymentsAsync(call, InputObject?.Id ?? Workspace, names.Matches, WritePageAsync);
        foreach (var missing in names.Missing(nameof(Strings.NoSuchDeployment), Strings.NoSuchDeployment, Current))
            Report(missing);
    }
}
