using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Commands.Request;

namespace AstroAuth.Commands.Airflow;

/// <summary>Calls any path of the Airflow REST API of a deployment with the connection; only that deployment's own host.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AstroAirflowRequest", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class InvokeAstroAirflowRequestCommand : AstroAirflowCmdlet
{
    /// <summary>The path below /api/v1 or /api/v2, for example dags; which of the two it is, is found out.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Get, Post, Patch, Put or Delete.</summary>
    [Parameter]
    [ValidateSet("Get", "Post", "Patch", "Put", "Delete")]
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
        var deployment = await GetDeploymentAsync(call);
        if (!Method.Equals("Get", StringComparison.OrdinalIgnoreCase)
            && !await Pump.InvokeAsync(() => ShouldProcess($"{Method.ToUpperInvariant()} {Path} in {deployment.Name}", "Invoke Airflow request")))
            return;
        await Engine.SendAirflowAsync(call, deployment, request, results => WriteAsync(results.Select(PlainObjects.ToPowerShell)));
    }
}
