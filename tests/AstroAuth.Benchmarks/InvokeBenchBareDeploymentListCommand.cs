using System.Management.Automation;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Benchmarks;

/// <summary>A bare loop over the pages of a deployment list, into the module's own records.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "BenchBareDeploymentList")]
[OutputType(typeof(int))]
public sealed class InvokeBenchBareDeploymentListCommand : BareListCmdlet
{
    /// <inheritdoc />
    private protected override Task<int> ListAsync(string bearer) =>
        WalkAsync(bearer, BenchDeploymentJson.Default.DeploymentAnswerPage, static page => (page.Deployments!, page.TotalCount));
}

[JsonSerializable(typeof(DeploymentAnswerPage))]
internal sealed partial class BenchDeploymentJson : JsonSerializerContext;
