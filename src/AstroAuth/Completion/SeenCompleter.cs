using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes by name, or by id where others have the name too.</summary>
internal abstract class SeenNameCompleter : AstroCompleter
{
    /// <summary>What was seen that fits.</summary>
    internal abstract IEnumerable<SeenThing> Find(CompletionRequest request);

    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => Find(request).Where(t => t.Name.Length > 0).ByName();
}

/// <summary>Completes by id; the beginning of a name finds it too.</summary>
internal abstract class SeenIdCompleter : AstroCompleter
{
    /// <summary>What was seen that fits.</summary>
    internal abstract IEnumerable<SeenThing> Find(CompletionRequest request);

    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => Find(request).ById();
}

/// <summary>Completes names for a parameter that takes wildcards.</summary>
internal abstract class SeenPatternCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override bool TakesWildcards => true;

    /// <summary>What was seen that fits.</summary>
    internal abstract IEnumerable<SeenThing> Find(CompletionRequest request);

    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => Find(request).ByPattern();
}
