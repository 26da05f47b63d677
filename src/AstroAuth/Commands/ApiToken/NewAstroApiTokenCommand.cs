using System.Management.Automation;
using System.Threading.Tasks;
using AstroAuth.Completion;

namespace AstroAuth.Commands.ApiToken;

/// <summary>Creates an API token that expires, and keeps its value in a vault where one is named.</summary>
[Cmdlet(VerbsCommon.New, "AstroApiToken", DefaultParameterSetName = ExpiresSet, SupportsShouldProcess = true)]
[OutputType(typeof(AstroIssuedApiToken))]
public sealed class NewAstroApiTokenCommand : TokenCreationCmdlet
{
    /// <summary>The role on the organization, workspace or deployment that owns the token; the least that does the job.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TokenRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Role { get; set; } = "";

    /// <summary>The level that owns the token; without it found from -Deployment, -Workspace or the role.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet("Organization", "Workspace", "Deployment")]
    public string? Scope { get; set; }

    /// <summary>The workspace by id or exact name; without it the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>Standard, or Direct_Access for a deployment's token that its Airflow checks by itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet("Standard", "Direct_Access")]
    public string? Kind { get; set; }

    /// <inheritdoc />
    internal override string Action => "Create API token";

    /// <inheritdoc />
    internal override Task<ApiTokenCreation> PlanAsync(AstroCall call) => Engine.PlanApiTokenAsync(call, new ApiTokenCreation
    {
        Name = Name,
        Role = Role,
        Scope = Scope?.ToUpperInvariant(),
        Workspace = Workspace,
        Deployment = Deployment,
        Description = Description,
        Kind = Kind?.ToUpperInvariant(),
        ExpiresInDays = Days,
        Vault = Vault,
        SecretName = SecretName,
    });

    /// <inheritdoc />
    internal override Task<AstroIssuedApiToken> CreateAsync(AstroCall call, ApiTokenCreation plan, ISecretVault vault) =>
        Engine.CreateApiTokenAsync(call, plan, vault);

    /// <inheritdoc />
    internal override Task RemoveAsync(AstroCall call, AstroIssuedApiToken issued) => Engine.DeleteApiTokenAsync(call, issued.Id);

    /// <inheritdoc />
    internal override string Describe(ApiTokenCreation plan) =>
        $"'{plan.Name}' with role {plan.Role} on {plan.Scope!.ToLowerInvariant()} '{plan.Entity}'" + (plan.Kind == "DIRECT_ACCESS" ? " for direct access" : "");
}
