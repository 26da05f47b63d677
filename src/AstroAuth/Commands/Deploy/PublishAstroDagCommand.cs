using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deploy;

/// <summary>Publishes a folder of DAGs, or another bundle, to a deployment, without an image.</summary>
[Cmdlet(VerbsData.Publish, "AstroDag", SupportsShouldProcess = true, DefaultParameterSetName = DagSet)]
[OutputType(typeof(AstroDeploy), typeof(AstroBundleFile))]
public sealed class PublishAstroDagCommand : AstroConnectedCmdlet
{
    private const string DagSet = "Dag";
    private const string BundleSet = "Bundle";
    private const string RemoveSet = "Remove";

    /// <summary>The folder to publish.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DagSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = BundleSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId", "Id")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The workspace by id or exact name; without it the connection's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>What the deploy is for, at most 500 characters; without it the subject of the commit.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The type of a bundle other than the DAGs, such as dbt.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BundleSet)]
    [Parameter(Mandatory = true, ParameterSetName = RemoveSet)]
    [ArgumentCompleter(typeof(BundleTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? BundleType { get; set; }

    /// <summary>Where the other bundle is mounted.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BundleSet)]
    [Parameter(Mandatory = true, ParameterSetName = RemoveSet)]
    [ArgumentCompleter(typeof(MountPathCompleter))]
    [ValidateNotNullOrEmpty]
    public string? MountPath { get; set; }

    /// <summary>Take the other bundle away.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RemoveSet)]
    public SwitchParameter Remove { get; set; }

    /// <summary>The folder that the files lie in inside the bundle; empty for none.</summary>
    [Parameter(ParameterSetName = DagSet)]
    [Parameter(ParameterSetName = BundleSet)]
    [AllowEmptyString]
    public string? BaseFolder { get; set; }

    /// <summary>Publish although nothing is left that Airflow would read: it removes every DAG.</summary>
    [Parameter(ParameterSetName = DagSet)]
    [Parameter(ParameterSetName = BundleSet)]
    public SwitchParameter AllowEmpty { get; set; }

    /// <summary>Take files whose names look like secrets' too.</summary>
    [Parameter(ParameterSetName = DagSet)]
    [Parameter(ParameterSetName = BundleSet)]
    public SwitchParameter IncludeSensitive { get; set; }

    /// <summary>Take all code that .airflowignore hides.</summary>
    [Parameter(ParameterSetName = DagSet)]
    public SwitchParameter IncludeAirflowIgnored { get; set; }

    /// <summary>How .airflowignore is read; without it as the deployment's Airflow does.</summary>
    [Parameter(ParameterSetName = DagSet)]
    public AstroIgnoreSyntax IgnoreSyntax { get; set; }

    /// <summary>Tell Astro nothing of the commit.</summary>
    [Parameter(ParameterSetName = DagSet)]
    [Parameter(ParameterSetName = BundleSet)]
    public SwitchParameter NoGit { get; set; }

    /// <summary>Wake a hibernating deployment first, for an hour.</summary>
    [Parameter]
    public SwitchParameter Wake { get; set; }

    /// <summary>Wait until the deployment runs what was published.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for the deployment, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int WaitTimeoutSec { get; set; } = 600;

    /// <summary>Check everything and list what would go, without publishing.</summary>
    [Parameter(ParameterSetName = DagSet)]
    [Parameter(ParameterSetName = BundleSet)]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Give the deploy.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        try
        {
            base.Process();
        }
        catch (AstroException e)
        {
            // A step of a pipeline must not go on as if the code were there.
            CiErrors.Report(Host.UI, e.Message);
            ThrowTerminatingError(e.ToErrorRecord());
        }
    }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var plan = await Engine.PlanPublishAsync(call, await Pump.InvokeAsync(ToRequest));
        if (DryRun)
        {
            await WriteAsync(plan.Files);
            return;
        }

        if (!await Pump.InvokeAsync(() => ShouldProcess(Describe(plan), Remove ? "Remove bundle" : "Publish")))
            return;
        var progress = new PublishProgressBar(Pump, this, $"Publishing to '{plan.Deployment.Name}'");
        try
        {
            var deploy = await Engine.PublishAsync(call, plan, progress.OnProgress);
            await GiveAsync(deploy, PassThru);
        }
        finally
        {
            progress.End();
        }
    }

    private AstroPublishRequest ToRequest() => new()
    {
        Folder = Remove ? null : ResolveFolder(),
        Deployment = Deployment,
        Workspace = Workspace,
        Description = Description,
        BaseFolder = BaseFolder,
        BundleType = BundleType,
        MountPath = MountPath,
        AllowEmpty = AllowEmpty,
        IncludeSensitive = IncludeSensitive,
        IncludeAirflowIgnored = IncludeAirflowIgnored,
        IgnoreSyntax = IgnoreSyntax,
        NoGit = NoGit,
        Wake = Wake,
        Wait = Wait,
        Patience = TimeSpan.FromSeconds(WaitTimeoutSec),
    };

    // A path of a drive that is no file system stays as it is and is then not found.
    private string ResolveFolder()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        return provider.Name == "FileSystem" ? System.IO.Path.GetFullPath(path) : Path;
    }

    private string Describe(AstroPublishPlan plan) =>
        (Remove ? "" : $"{plan.Files.Count} file{(plan.Files.Count == 1 ? "" : "s")} ({plan.TotalBytes:N0} bytes) of '{Path}' to ")
        + $"deployment '{plan.Deployment.Name}'"
        + (BundleType is null ? "" : $", {BundleType} bundle at {MountPath}");
}
