using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deployment;

/// <summary>Makes a deployment: from settings, as a copy of another, or for a while.</summary>
[Cmdlet(VerbsCommon.New, "AstroDeployment", DefaultParameterSetName = LastingSet, SupportsShouldProcess = true)]
[OutputType(typeof(AstroDeployment))]
public sealed class NewAstroDeploymentCommand : DeploymentSettingsCmdlet
{
    private const string LastingSet = "Lasting";
    private const string EphemeralSet = "Ephemeral";

    /// <summary>Its name, at most 500 characters.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateLength(1, 500)]
    public string Name { get; set; } = "";

    /// <summary>The deployment to copy the settings of, by id or exact name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeploymentOriginCompleter))]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>The workspace by id or exact name; without it the origin's, or the connection's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>The type of the deployment; without it the origin's, or Standard.</summary>
    [Parameter]
    [ValidateSet("Standard", "Dedicated", "Hybrid")]
    public string? Type { get; set; }

    /// <summary>The cloud it runs in; goes with -Region.</summary>
    [Parameter]
    [ValidateSet("Aws", "Azure", "Gcp")]
    public string? CloudProvider { get; set; }

    /// <summary>The cloud's region; goes with -CloudProvider.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>The cluster it runs on, by id or exact name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Cluster { get; set; }

    /// <summary>The version of Astro Runtime; without it the origin's, or the newest.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuntimeVersionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? RuntimeVersion { get; set; }

    /// <summary>Make the smallest deployment that does the same, with a note until when it lives.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EphemeralSet)]
    public SwitchParameter Ephemeral { get; set; }

    /// <summary>How long it lives before Remove-AstroDeployment -Expired removes it.</summary>
    [Parameter(ParameterSetName = EphemeralSet)]
    [DaysArgument]
    public TimeSpan ExpiresIn { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Wait until the deployment runs.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait at most, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int WaitTimeoutSec { get; set; } = 900;

    /// <summary>How long to wait between two looks, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int PollIntervalSec { get; set; } = 10;

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (ParameterSetName == EphemeralSet && ExpiresIn <= TimeSpan.Zero)
            throw new AstroException(nameof(Strings.InvalidLifetime), Strings.InvalidLifetime, AstroErrorCategory.InvalidArgument, ExpiresIn);
        var plan = await Engine.PlanDeploymentAsync(call, new DeploymentCreation
        {
            Settings = ToSettings(Name),
            Type = Type?.ToUpperInvariant(),
            Workspace = Workspace,
            CloudProvider = CloudProvider?.ToUpperInvariant(),
            Region = Region,
            Cluster = Cluster,
            RuntimeVersion = RuntimeVersion,
            From = From,
            ExpiresIn = ParameterSetName == EphemeralSet ? ExpiresIn : null,
        });
        if (plan.NotCopied.Count > 0)
            call.Sink.Warning($"Not copied from '{From}': {string.Join(", ", plan.NotCopied)}. Give what is needed with -Variable or later.");
        var text = $"Create deployment '{plan.Name}':{Environment.NewLine}" + string.Join(Environment.NewLine, plan.Changes.Select(c => $"  {c.Setting}: {c.To}"));
        if (!await Pump.InvokeAsync(() => ShouldProcess(text, text, "New-AstroDeployment")))
            return;

        var made = await Engine.CarryOutAsync(call, plan);
        try
        {
            if (Wait)
            {
                made = await DeploymentWaiting.WaitAsync(this, call, made, new DeploymentWait
                {
                    IsThere = d => d.Status == "HEALTHY",
                    Patience = TimeSpan.FromSeconds(WaitTimeoutSec),
                    Interval = TimeSpan.FromSeconds(PollIntervalSec),
                });
            }
        }
        finally
        {
            // It is there and costs money, whatever became of the wait.
            await WriteAsync([made]);
        }
    }
}
