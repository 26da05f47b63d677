using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Request;

/// <summary>Calls any path of Astro's v1 API with the connection; only Astro's own host.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AstroRequest", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class InvokeAstroRequestCommand : AstroConnectedCmdlet
{
    /// <summary>The path below /v1, for example organizations/{organizationId}/clusters; {organizationId}, {workspaceId} and {deploymentId} stand for the connection's own.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Get, Post or Delete.</summary>
    [Parameter]
    [ValidateSet("Get", "Post", "Delete")]
    public string Method { get; set; } = "Get";

    /// <summary>Query parameters; one with several values is repeated.</summary>
    [Parameter]
    public IDictionary? Query { get; set; }

    /// <summary>The body: a hashtable or object that becomes JSON, or JSON text.</summary>
    [Parameter]
    public object? Body { get; set; }

    /// <summary>Fetch every page of a list and give its items.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var request = new AstroRequest
        {
            Method = Method,
            Path = Path,
            Query = PlainObjects.ToQuery(Query),
            Body = PlainObjects.FromPowerShell(Body),
            All = All,
        };
        var changes = Method is not "Get" and not "get" && !Method.Equals("GET", System.StringComparison.OrdinalIgnoreCase);
        if (changes && !await Pump.InvokeAsync(() => ShouldProcess($"{Method.ToUpperInvariant()} {Path}", "Invoke Astro request")))
            return;
        await Engine.SendAsync(call, request, results => WriteAsync(results.Select(PlainObjects.ToPowerShell)));
    }
}
