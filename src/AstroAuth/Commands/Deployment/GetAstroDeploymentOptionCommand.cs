using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deployment;

/// <summary>Gives what a deployment can be made of: versions, machines, sizes and their limits.</summary>
[Cmdlet(VerbsCommon.Get, "AstroDeploymentOption")]
[OutputType(typeof(AstroDeploymentOption))]
public sealed class GetAstroDeploymentOptionCommand : AstroConnectedCmdlet
{
    /// <summary>A deployment by id or exact name: what it can be changed to.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The type of deployment: Standard, Dedicated or Hybrid.</summary>
    [Parameter]
    [ValidateSet("Standard", "Dedicated", "Hybrid")]
    public string? Type { get; set; }

    /// <summary>The executor: Celery, Kubernetes or Astro.</summary>
    [Parameter]
    [ValidateSet("Celery", "Kubernetes", "Astro")]
    public string? Executor { get; set; }

    /// <summary>The cloud: Aws, Azure or Gcp.</summary>
    [Parameter]
    [ValidateSet("Aws", "Azure", "Gcp")]
    public string? CloudProvider { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken) =>
        await WriteAsync([await Engine.GetDeploymentOptionsAsync(call, new DeploymentOptionQuery
        {
            Deployment = Deployment,
            Type = Type?.ToUpperInvariant(),
            Executor = Executor?.ToUpperInvariant(),
            CloudProvider = CloudProvider?.ToUpperInvariant(),
        })]);
}
