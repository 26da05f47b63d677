using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Workspace;

/// <summary>Gives the workspaces that the credential sees, page by page, or one by its id.</summary>
[Cmdlet(VerbsCommon.Get, "AstroWorkspace", DefaultParameterSetName = FindSet)]
[OutputType(typeof(AstroWorkspace))]
public sealed class GetAstroWorkspaceCommand : AstroConnectedCmdlet
{
    private const string FindSet = "Find";
    private const string IdSet = "Id";

    /// <summary>The ids of the workspaces.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The names of the workspaces, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = FindSet)]
    [ArgumentCompleter(typeof(WorkspacePatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id!)
                await EachAsync(async () => await WriteAsync([await Engine.GetWorkspaceAsync(call, id)]));
            return;
        }

        var names = new NamePatterns(Name);
        await Engine.ListWorkspacesAsync(call, names.Matches, WritePageAsync);
        foreach (var missing in names.Missing(nameof(Strings.NoSuchWorkspace), Strings.NoSuchWorkspace, Current))
            Report(missing);
    }
}
