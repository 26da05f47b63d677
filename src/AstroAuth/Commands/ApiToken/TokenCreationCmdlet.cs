using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Vaults;

namespace AstroAuth.Commands.ApiToken;

/// <summary>What cmdlets that create tokens share: the name, the life, the vault, and that no value gets lost.</summary>
public abstract class TokenCreationCmdlet : AstroConnectedCmdlet
{
    internal const string ExpiresSet = "Expires";
    internal const string NeverExpiresSet = "NeverExpires";

    /// <summary>The token's name, 1 to 256 characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateLength(1, 256)]
    public string Name { get; set; } = "";

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
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>The secret's name in the vault.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The life in days, or null for one without an end.</summary>
    internal int? Days => NeverExpires ? null : ExpiresInDays;

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        CheckVaultParameters();
        var plan = await PlanAsync(call);
        if (!await Pump.InvokeAsync(() => ShouldProcess($"{Describe(plan)}, {DescribeRest(plan)}", Action)))
            return;

        var vault = new PumpedVault(Pump, new SecretVault(new SecretManagement(this), text => Pump.Post(() => WriteWarning(text))));
        try
        {
            await DeliverAsync(call, await CreateAsync(call, plan, vault));
        }
        catch (AstroTokenNotStoredException e)
        {
            // The only copy of a live value: it must reach the caller whatever becomes of the error.
            await WriteAsync([e.Issued]);
            throw;
        }
    }

    /// <summary>What is done, for -WhatIf.</summary>
    internal abstract string Action { get; }

    /// <summary>Finds out what is meant, without making anything.</summary>
    internal abstract Task<ApiTokenCreation> PlanAsync(AstroCall call);

    /// <summary>Makes the token.</summary>
    internal abstract Task<AstroIssuedApiToken> CreateAsync(AstroCall call, ApiTokenCreation plan, ISecretVault vault);

    /// <summary>Removes a token that nobody got.</summary>
    internal abstract Task RemoveAsync(AstroCall call, AstroIssuedApiToken issued);

    /// <summary>The token and where it belongs, for -WhatIf.</summary>
    internal abstract string Describe(ApiTokenCreation plan);

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
            await RemoveAsync(new AstroCall(call.Connection, call.Sink, CancellationToken.None), issued);
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

    private string DescribeRest(ApiTokenCreation plan) =>
        (plan.ExpiresInDays is { } days ? $"expires in {days} days" : "never expires")
        + (Vault is null ? "" : $", kept in vault '{Vault}' as '{SecretName}'");
}
