using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;
using AstroAuth.Vaults;

namespace AstroAuth.Commands.DeploymentKey;

/// <summary>Puts an API token in a vault in the place of a legacy Deployment API key, and tells what to change in the pipeline.</summary>
[Cmdlet(VerbsData.Convert, "AstroDeploymentKey", SupportsShouldProcess = true)]
[OutputType(typeof(AstroKeyConversion), typeof(AstroIssuedApiToken))]
public sealed class ConvertAstroDeploymentKeyCommand : AstroConnectedCmdlet
{
    /// <summary>The SecretManagement vault to keep the token's value in.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Vault { get; set; } = "";

    /// <summary>The secret's name in the vault.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string SecretName { get; set; } = "";

    /// <summary>The deployment by id or exact name; without it the only one that the key sees.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The token's name, 1 to 256 characters; without it the deployment's with <c>-deploy</c> after it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateLength(1, 256)]
    public string? Name { get; set; }

    /// <summary>The token's role on the deployment; without it the custom role that permits to deploy and nothing else, or DEPLOYMENT_ADMIN.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeploymentRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <summary>The token's life in days, 1 to 3650.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 3650)]
    public int ExpiresInDays { get; set; } = 90;

    /// <summary>The connection that creates the token, as an object or by its name, where the key may not.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public ConnectionReference? CreateAs { get; set; }

    /// <summary>Make a token although an earlier run has made one for this key.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        Vaults.SecretName.Check(SecretName);
        var plan = await Engine.PlanKeyConversionAsync(call, new KeyConversion
        {
            Deployment = Deployment,
            CreateAs = CreateAs is null ? null : Connections.Resolve(CreateAs),
            Name = Name,
            Role = Role,
            ExpiresInDays = ExpiresInDays,
            Vault = Vault,
            SecretName = SecretName,
            Force = Force,
        });
        if (!await Pump.InvokeAsync(() => ShouldProcess(Describe(plan), "Create API token in place of the Deployment API key")))
            return;

        var vault = new PumpedVault(Pump, new SecretVault(new SecretManagement(this), text => Pump.Post(() => WriteWarning(text))));
        try
        {
            await WriteAsync([await Engine.ConvertKeyAsync(call, plan, vault)]);
        }
        catch (AstroTokenNotStoredException e)
        {
            // The only copy of a live value: it must reach the caller whatever becomes of the error.
            await WriteAsync([e.Issued]);
            throw;
        }
    }

    private static string Describe(KeyConversionPlan plan)
    {
        var token = plan.Token;
        return $"'{token.Name}' with role {token.Role} on deployment '{token.Entity}', expires in {token.ExpiresInDays} days, "
            + $"kept in vault '{token.Vault}' as '{token.SecretName}', created as connection '{plan.Creator.Name}'"
            + (plan.Unfinished.Count == 0 ? "" : $"; what an earlier run left ({string.Join(", ", plan.Unfinished)}) is finished or removed first");
    }
}
