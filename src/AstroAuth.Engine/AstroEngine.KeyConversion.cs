using System.Threading.Tasks;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine;

/// <content>Legacy Deployment API keys give way to API tokens.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public Task<KeyConversionPlan> PlanKeyConversionAsync(AstroCall call, KeyConversion wanted) => new KeyConverter(call).PlanAsync(wanted);

    /// <inheritdoc />
    public Task<AstroKeyConversion> ConvertKeyAsync(AstroCall call, KeyConversionPlan plan, ISecretVault vault) =>
        new KeyConverter(call).ConvertAsync(plan, vault, () => CreateApiTokenAsync(call.As(plan.Creator), plan.Token, vault));
}
