using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Workspace;

/// <summary>Makes a workspace.</summary>
[Cmdlet(VerbsCommon.New, "AstroWorkspace", SupportsShouldProcess = true)]
[OutputType(typeof(AstroWorkspace))]
public sealed class NewAstroWorkspaceCommand : AstroConnectedCmdlet
{
    /// <summary>The workspace's name, 1 to 50 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateLength(1, 50)]
    public string Name { get; set; } = "";

    /// <summary>What the workspace is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>New deployments take code from API tokens only.</summary>
    [Parameter]
    public SwitchParameter EnforceCiCd { get; set; }

    /// <summary>The cluster for new deployments, by id or exact name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DefaultCluster { get; set; }

    /// <summary>The cloud for new deployments: Aws, Azure or Gcp; together with -DefaultRegion.</summary>
    [Parameter]
    [ValidateSet("Aws", "Azure", "Gcp")]
    public string? DefaultCloudProvider { get; set; }

    /// <summary>The region for new deployments; together with -DefaultCloudProvider.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DefaultRegion { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (!await Pump.InvokeAsync(() => ShouldProcess($"'{Name}'", "Create workspace")))
            return;
        await WriteAsync([await Engine.CreateWorkspaceAsync(call, new WorkspaceSettings
        {
            Name = Name,
            Description = Description,
            EnforceCiCd = EnforceCiCd ? true : null,
            DefaultCluster = DefaultCluster,
            DefaultCloudProvider = DefaultCloudProvider?.ToUpperInvariant(),
            DefaultRegion = DefaultRegion,
        })]);
    }
}
