using System.Management.Automation;
using System.Threading.Tasks;
using AstroAuth.Commands.ApiToken;
using AstroAuth.Completion;
using AstroAuth.Session;

namespace AstroAuth.Commands.AgentToken;

/// <summary>Creates a token for a deployment's Remote Execution agents, and keeps its value in a vault where one is named.</summary>
[Cmdlet(VerbsCommon.New, "AstroAgentToken", DefaultParameterSetName = ExpiresSet, SupportsShouldProcess = true)]
[OutputType(typeof(AstroIssuedApiToken))]
public sealed class NewAstroAgentTokenCommand : TokenCreationCmdlet
{
    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The workspace in which to look for the deployment, by id or exact name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <inheritdoc />
    internal override SeenKind TokenKind => SeenKind.AgentToken;

    /// <inheritdoc />
    internal override string Action => "Create agent token";

    /// <inheritdoc />
    internal override Task<ApiTokenCreation> PlanAsync(AstroCall call) => Engine.PlanAgentTokenAsync(call, new ApiTokenCreation
    {
        Name = Name,
        Role = "",
        Workspace = Workspace,
        Deployment = Deployment,
        Description = Description,
        ExpiresInDays = Days,
        Vault = Vault,
        SecretName = SecretName,
    });

    /// <inheritdoc />
    internal override Task<AstroIssuedApiToken> CreateAsync(AstroCall call, ApiTokenCreation plan, ISecretVault vault) =>
        Engine.CreateAgentTokenAsync(call, plan, vault);

    /// <inheritdoc />
    internal override Task RemoveAsync(AstroCall call, AstroIssuedApiToken issued) =>
        Engine.DeleteAgentTokenAsync(call, issued.DeploymentId!, issued.Id);

    /// <inheritdoc />
    internal override string Describe(ApiTokenCreation plan) => $"'{plan.Name}' for the agents of deployment '{plan.Entity}'";
}
