using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Workspace;

/// <summary>Changes what is named of a workspace, and nothing else.</summary>
[Cmdlet(VerbsCommon.Set, "AstroWorkspace", SupportsShouldProcess = true)]
[OutputType(typeof(AstroWorkspace))]
public sealed class SetAstroWorkspaceCommand : AstroConnectedCmdlet
{
    /// <summary>The workspace by id or exact name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Workspace { get; set; } = "";

    /// <summary>The new name, 1 to 50 characters.</summary>
    [Parameter]
    [ValidateLength(1, 50)]
    public string? NewName { get; set; }

    /// <summary>The new description; an empty text clears it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Whether new deployments take code from API tokens only; -EnforceCiCd:$false ends that.</summary>
    [Parameter]
    public SwitchParameter EnforceCiCd { get; set; }

    /// <summary>The cluster for new deployments, by id or exact name, in place of cloud and region.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DefaultCluster { get; set; }

    /// <summary>The cloud for new deployments, in place of a cluster: Aws, Azure or Gcp; together with -DefaultRegion.</summary>
    [Parameter]
    [ValidateSet("Aws", "Azure", "Gcp")]
    public string? DefaultCloudProvider { get; set; }

    /// <summary>The region for new deployments; together with -DefaultCloudProvider.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DefaultRegion { get; set; }

    /// <summary>Return the changed workspace.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var isEnforced = MyInvocation.BoundParameters.ContainsKey(nameof(EnforceCiCd)) ? EnforceCiCd.ToBool() : (bool?)null;
        var settings = new WorkspaceSettings
        {
            Name = NewName,
            Description = Description,
            EnforceCiCd = isEnforced,
            DefaultCluster = DefaultCluster,
            DefaultCloudProvider = DefaultCloudProvider?.ToUpperInvariant(),
            DefaultRegion = DefaultRegion,
        };
        if (settings == new WorkspaceSettings())
        {
            throw new AstroException(
                nameof(Strings.NothingToSet),
                Strings.Format(Strings.NothingToSet, "-NewName, -Description, -EnforceCiCd, -DefaultCluster, or -DefaultCloudProvider with -DefaultRegion"),
                AstroErrorCategory.InvalidArgument,
                Workspace);
        }

        var found = await Engine.GetWorkspaceAsync(call, Workspace);
        if (!await Pump.InvokeAsync(() => ShouldProcess(found.ToString(), Describe(found, settings))))
            return;
        var changed = await Engine.UpdateWorkspaceAsync(call, found, settings);
        await GiveAsync(changed, PassThru);
    }

    private static string Describe(AstroWorkspace now, WorkspaceSettings wanted)
    {
        var text = new System.Text.StringBuilder("Set workspace:");
        Add("name", now.Name, wanted.Name);
        Add("description", now.Description, wanted.Description);
        Add("CI/CD enforced by default", now.IsCiCdEnforcedByDefault ? "yes" : "no", wanted.EnforceCiCd is { } on ? (on ? "yes" : "no") : null);
        Add("default cluster", now.DefaultClusterId ?? "", wanted.DefaultCluster);
        Add("default cloud", now.DefaultCloudProvider ?? "", wanted.DefaultCloudProvider);
        Add("default region", now.DefaultRegion ?? "", wanted.DefaultRegion);
        return text.ToString().TrimEnd(';');

        void Add(string what, string before, string? after)
        {
            if (after is not null)
                text.Append(' ').Append(what).Append(" '").Append(before).Append("' to '").Append(after).Append("';");
        }
    }
}
