using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deploy;

/// <summary>Changes what a deploy says it is for.</summary>
[Cmdlet(VerbsCommon.Set, "AstroDeploy", SupportsShouldProcess = true)]
[OutputType(typeof(AstroDeploy))]
public sealed class SetAstroDeployCommand : AstroConnectedCmdlet
{
    /// <summary>The id of the deploy.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeployIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>What it is for, at most 500 characters.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyString]
    public string Description { get; set; } = "";

    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The workspace by id or exact name; without it the connection's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>Give the changed deploy.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var deploy = await Engine.GetDeployAsync(call, Id, Deployment, Workspace);
        if (!await Pump.InvokeAsync(() => ShouldProcess($"deploy {deploy.Id}, '{deploy.Description}'", $"Set description to '{Description}'")))
            return;
        var changed = await Engine.DescribeDeployAsync(call, deploy, Description);
        await GiveAsync(changed, PassThru);
    }
}
