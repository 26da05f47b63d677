using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deployment;

/// <summary>A cmdlet that makes a development deployment sleep or wake.</summary>
public abstract class HibernationCmdlet : AstroConnectedCmdlet
{
    /// <summary>The deployment by id or exact name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Deployment { get; set; } = "";

    /// <summary>The workspace of the deployment, by id or exact name, where several deployments have one name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>Until when it holds; then the schedules rule again. Without it, for good.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Wait until it is so.</summary>
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

    /// <summary>Give the deployment as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether the deployment is to sleep.</summary>
    internal abstract bool Hibernates { get; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var deployment = await Engine.GetDeploymentAsync(call, Deployment, Workspace);
        if (!deployment.IsDevelopmentMode)
            throw new AstroException(nameof(Strings.NotForDevelopment), Strings.Format(Strings.NotForDevelopment, deployment.Name), AstroErrorCategory.InvalidOperation, deployment.Name);
        var until = Until is { } end ? $" until {end.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "";
        if (!await Pump.InvokeAsync(() => ShouldProcess($"'{deployment.Name}' ({deployment.Id})", (Hibernates ? "Hibernate" : "Wake") + until)))
            return;
        await Engine.HibernateAsync(call, deployment.Id, Hibernates, Until?.ToUniversalTime());
        if (Wait)
        {
            deployment = await DeploymentWaiting.WaitAsync(this, call, deployment, new DeploymentWait
            {
                IsThere = d => d.Status == (Hibernates ? "HIBERNATING" : "HEALTHY"),
                Patience = TimeSpan.FromSeconds(WaitTimeoutSec),
                Interval = TimeSpan.FromSeconds(PollIntervalSec),
            });
        }

        if (PassThru)
            await WriteAsync([Wait ? deployment : await Engine.GetDeploymentAsync(call, deployment.Id, null)]);
    }
}
