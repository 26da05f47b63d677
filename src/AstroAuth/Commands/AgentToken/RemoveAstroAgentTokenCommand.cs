using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.AgentToken;

/// <summary>Removes tokens of Remote Execution agents for good; agents that use one stop working.</summary>
[Cmdlet(VerbsCommon.Remove, "AstroAgentToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAstroAgentTokenCommand : AstroConnectedCmdlet
{
    /// <summary>The id of the token.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AgentTokenIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var token = await Engine.GetAgentTokenAsync(call, Deployment, Id);
        if (!await Pump.InvokeAsync(() => ShouldProcess($"{token} of deployment {token.DeploymentId}", "Remove agent token")))
            return;
        try
        {
            await Engine.DeleteAgentTokenAsync(call, token.DeploymentId!, Id);
        }
        catch (AstroApiException e) when (e.StatusCode == 404)
        {
            // The answer to a first try was lost, or somebody was quicker; it was there a moment ago.
            call.Sink.Verbose($"The token {token} is gone already.");
        }

        Forget(SeenKind.AgentToken, Id);
    }
}
