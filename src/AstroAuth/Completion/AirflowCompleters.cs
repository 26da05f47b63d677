using System;
using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes DAGs by id, those of the deployment that was typed or is the connection's.</summary>
internal sealed class DagIdCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.OfDeployment(SeenKind.Dag).Select(d => (d.Id, d.Detail)).ByText();
}

/// <summary>Completes ids of DAGs where wildcards are taken.</summary>
internal sealed class DagPatternCompleter : SeenPatternCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.OfDeployment(SeenKind.Dag);
}

/// <summary>Completes tags of DAGs.</summary>
internal sealed class DagTagCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.OfDeployment(SeenKind.Dag)
        .SelectMany(d => d.Parts.OfType<string>().Select(tag => (Tag: tag, Dag: d.Id)))
        .GroupBy(t => t.Tag, StringComparer.Ordinal)
        .Select(g => (g.Key, $"tag of {string.Join(", ", g.Select(t => t.Dag).Distinct().Take(5))}")).ByText();
}

/// <summary>Completes runs by id, the newest first, those of the DAG and the deployment that were typed.</summary>
internal sealed class DagRunIdCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.OfDeployment(SeenKind.DagRun)
        .Where(r => request.Text("DagId") is not { } dag || r.Within == dag).ByTime();
}
