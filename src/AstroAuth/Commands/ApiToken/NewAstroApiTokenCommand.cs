using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Vaults;

namespace AstroAuth.Commands.ApiToken;

/// <summary>Creates an API token that expires, and keeps its value in a vault where one is named.</summary>
[Cmdlet(VerbsCommon.New, "AstroApiToken", DefaultParameterSetName = ExpiresSet, SupportsShouldProcess = true)]
[OutputType(typeof(AstroIssuedApiToken))]
public sealed class NewAstroApiTokenCommand : AstroConnectedCmdlet
{
    private const string ExpiresSet = "Expires";
    private const string NeverExpiresSet = "NeverExpires";

    /// <summary>The token's name, 1 to 256 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateLength(1, 256)]
    public string Name { get; set; } = "";

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
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>What the token is for, at most 500 characters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateLength(0, 500)]
    [AllowEmptyString]
    public string Description { get; set; } = "";

    /// <summary>The token's life in days, 1 to 3650.</summary>
    [Parameter(ParameterSetName = ExpiresSet, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 3650)]
    public int ExpiresInDays { get; set; } = 90;

    /// <summary>Make a token without an end. Better not.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NeverExpiresSet)]
    public SwitchParameter NeverExpires { get; set; }

    /// <summary>The SecretManagement vault to keep the value in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>The secret's name in the vault.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        CheckVaultParameters();
        var plan = await Engine.PlanApiTokenAsync(call, new ApiTokenCreation
        {
            Name = Name,
            Role = Role,
            Scope = Scope?.ToUpperInvariant(),
            Workspace = Workspace,
            Deployment = Deployment,
            Description = Description,
            ExpiresInDays = NeverExpires ? null : ExpiresInDays,
            Vault = Vault,
            SecretName = SecretName,
        });
        if (!await Pump.InvokeAsync(() => ShouldProcess(Describe(plan), "Create API token")))
            return;

        var vault = new PumpedVault(Pump, new SecretVault(new SecretManagement(this), text => Pump.Post(() => WriteWarning(text))));
        try
        {
            await DeliverAsync(call, await Engine.CreateApiTokenAsync(call, plan, vault));
        }
        catch (AstroTokenNotStoredException e)
        {
            // The only copy of a live value: it must reach the caller whatever becomes of the error.
            await WriteAsync([e.Issued]);
            throw;
        }
    }

    // A value that neither a vault nor the caller has would be a token that nobody can use and nobody removes.
    private async Task DeliverAsync(AstroCall call, AstroIssuedApiToken issued)
    {
        var isDelivered = false;
        try
        {
            await Pump.InvokeAsync(() =>
            {
                if (StopToken.IsCancellationRequested)
                    throw new PipelineStoppedException();
                isDelivered = true;
                WriteAll([issued]);
                return true;
            });
        }
        catch (System.OperationCanceledException) when (!isDelivered && Vault is null)
        {
            await Engine.DeleteApiTokenAsync(new AstroCall(call.Connection, call.Sink, CancellationToken.None), issued.Id);
            throw;
        }
    }

    private void CheckVaultParameters()
    {
        if (Vault is null != SecretName is null)
            throw new AstroException(nameof(Strings.VaultWithoutSecretName), Strings.VaultWithoutSecretName, AstroErrorCategory.InvalidArgument, Vault ?? SecretName);
        if (SecretName is not null)
            Vaults.SecretName.Check(SecretName);
    }

    private string Describe(ApiTokenCreation plan) =>
        $"'{plan.Name}' with role {plan.Role} on {plan.Scope!.ToLowerInvariant()} '{plan.Entity}', "
        + (plan.ExpiresInDays is { } days ? $"expires in {days} days" : "never expires")
        + (Vault is null ? "" : $", kept in vault '{Vault}' as '{SecretName}'");
}
