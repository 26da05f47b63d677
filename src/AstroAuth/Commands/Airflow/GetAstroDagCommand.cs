using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;

namespace AstroAuth.Commands.Airflow;

/// <summary>Gives the DAGs of a deployment's Airflow.</summary>
[Cmdlet(VerbsCommon.Get, "AstroDag")]
[OutputType(typeof(AstroDag))]
public sealed class GetAstroDagCommand : AstroAirflowCmdlet
{
    /// <summary>The ids of the DAGs, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DagPatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? DagId { get; set; }

    /// <summary>Only DAGs with one of these tags.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DagTagCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>Only DAGs that are paused, or only those that are not.</summary>
    [Parameter]
    [ValidateSet("Paused", "Active")]
    public string? State { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var deployment = await GetDeploymentAsync(call);
        var exact = DagId is not null && Tag is null && State is null && !DagId.Any(WildcardPattern.ContainsWildcardCharacters);
        if (exact)
        {
            await ForEachAsync(DagId!.Select(WildcardPattern.Unescape), async id => await WriteAsync([await Engine.GetDagAsync(call, deployment, id)]));
            return;
        }

        var query = new AstroDagQuery
        {
            Matches = new NamePatterns(DagId).Matches,
            Tags = Tag ?? [],
            IsPaused = State is null ? null : State.Equals("Paused", System.StringComparison.OrdinalIgnoreCase),
        };
        await Engine.ListDagsAsync(call, deployment, query, WritePageAsync);
    }
}
