using System;
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.Deployment;

/// <summary>Makes a deployment for a while, runs a script block with it, and removes it whatever happens.</summary>
[Cmdlet(VerbsOther.Use, "AstroEphemeralDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class UseAstroEphemeralDeploymentCommand : AstroConnectedCmdlet
{
    /// <summary>What to run; the deployment is in $_.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>The deployment to copy the settings of, by id or exact name.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(DeploymentOriginCompleter))]
    [ValidateNotNullOrEmpty]
    public string From { get; set; } = "";

    /// <summary>Its name; without it the origin's with a random ending.</summary>
    [Parameter]
    [ValidateLength(1, 500)]
    public string? Name { get; set; }

    /// <summary>The workspace by id or exact name; without it the origin's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>After what time Remove-AstroDeployment -Expired may remove it, should this process be killed.</summary>
    [Parameter]
    [DaysArgument]
    public TimeSpan ExpiresIn { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long to wait for the deployment at most, in seconds.</summary>
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
        if (ExpiresIn <= TimeSpan.Zero)
            throw new AstroException(nameof(Strings.InvalidLifetime), Strings.InvalidLifetime, AstroErrorCategory.InvalidArgument, ExpiresIn);
        var origin = await Engine.GetDeploymentAsync(call, From, null);
        var plan = await Engine.PlanDeploymentAsync(call, new DeploymentCreation
        {
            Settings = new DeploymentSettings { Name = Name ?? $"{origin.Name}-{Guid.NewGuid().ToString("N").Substring(0, 8)}" },
            From = origin.Id,
            Workspace = Workspace,
            ExpiresIn = ExpiresIn,
        });
        if (!await Pump.InvokeAsync(() => ShouldProcess($"'{plan.Name}' like '{origin.Name}'", "Create deployment, run the script block, and remove the deployment")))
            return;
        if (plan.NotCopied.Count > 0)
            call.Sink.Warning($"Not copied from '{origin.Name}': {string.Join(", ", plan.NotCopied)}.");

        var deployment = await Engine.CarryOutAsync(call, plan);
        try
        {
            deployment = await DeploymentWaiting.WaitAsync(this, call, deployment, new DeploymentWait
            {
                IsThere = d => d.Status == "HEALTHY",
                Patience = TimeSpan.FromSeconds(WaitTimeoutSec),
                Interval = TimeSpan.FromSeconds(PollIntervalSec),
            });
            await Pump.InvokeAsync(() =>
            {
                RunBlock(deployment);
                return true;
            });
        }
        finally
        {
            await RemoveAsync(call, deployment);
        }
    }

    // On the pipeline thread and in the caller's scope; its output and errors flow on as they come.
    private void RunBlock(AstroDeployment deployment) => InvokeCommand.InvokeScript(
        "param($block) $input | ForEach-Object -Process $block",
        useNewScope: true,
        PipelineResultTypes.Output | PipelineResultTypes.Error,
        new ArrayList { deployment },
        ScriptBlock);

    // Also after an error or Ctrl+C, which end what ran but not what it leaves behind.
    private async Task RemoveAsync(AstroCall call, AstroDeployment deployment)
    {
        try
        {
            await Engine.DeleteDeploymentAsync(new AstroCall(call.Connection, call.Sink, CancellationToken.None), deployment.Id);
            Forget(SeenKind.Deployment, deployment.Id);
        }
        catch (AstroException e)
        {
            var record = new AstroException(
                nameof(Strings.EphemeralNotRemoved),
                Strings.Format(Strings.EphemeralNotRemoved, deployment.Name, deployment.Id, e.Message),
                e.Category,
                deployment.Id).ToErrorRecord();
            Pump.Post(() => WriteError(record));
        }
    }
}
