using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes the runspace's connections.</summary>
internal sealed class ConnectionNameCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => Names(request).ByText();

    internal static IEnumerable<(string Text, string Tip)> Names(CompletionRequest request) => request.Connections.Select(c => (c.Name, c.ToString()));

    /// <summary>Sessions that were listed with Get-AstroConnection -ListAvailable.</summary>
    internal static IEnumerable<(string Text, string Tip)> Saved(CompletionRequest request) => request.Everywhere(SeenKind.SavedSession).Select(s => (s.Name, s.Detail));
}

/// <summary>Completes connections where wildcards are taken, or saved sessions where those are asked for.</summary>
internal sealed class ConnectionPatternCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override bool TakesWildcards => true;

    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) =>
        (request.Has("ListAvailable") ? ConnectionNameCompleter.Saved(request) : ConnectionNameCompleter.Names(request)).ByText();
}

/// <summary>Completes connections and saved sessions: either can be connected or ended by its name.</summary>
internal sealed class SessionNameCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) =>
        ConnectionNameCompleter.Names(request).Concat(ConnectionNameCompleter.Saved(request)).ByText();
}

/// <summary>Completes the Astro CLI's contexts that an import has read.</summary>
internal sealed class CliContextCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override bool TakesWildcards => true;

    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.Everywhere(SeenKind.CliContext).Select(c => (c.Name, c.Detail)).ByText();
}

/// <summary>Completes Astro's own domain and those of connections and saved sessions.</summary>
internal sealed class DomainCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => new[] { (DomainName.Production, "Astro") }
        .Concat(request.Connections.Select(c => (c.Domain, $"of connection '{c.Name}'")))
        .Concat(request.Everywhere(SeenKind.SavedSession).Select(s => (s.Domain!, $"of the saved session '{s.Name}'"))).ByText();
}

/// <summary>Completes e-mail addresses of people who signed in.</summary>
internal sealed class LoginHintCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.Connections
        .Where(c => c.User is not null).Select(c => (c.User!, $"of connection '{c.Name}'"))
        .Concat(request.Everywhere(SeenKind.SavedSession).Where(s => s.Within is not null).Select(s => (s.Within!, $"of the saved session '{s.Name}'"))).ByText();
}
