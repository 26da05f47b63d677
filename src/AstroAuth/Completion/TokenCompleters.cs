using System;
using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes API tokens by id.</summary>
internal sealed class ApiTokenIdCompleter : SeenIdCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.ApiToken);
}

/// <summary>Completes names of API tokens where wildcards are taken, those with a role where the line says.</summary>
internal sealed class ApiTokenPatternCompleter : SeenPatternCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request)
    {
        var scope = request.Text("Scope");
        var workspace = request.Text("Workspace");
        var deployment = request.Text("Deployment");
        return request.Of(SeenKind.ApiToken).Where(t =>
            (scope is null || string.Equals(t.Scope, scope, StringComparison.OrdinalIgnoreCase))
            && (workspace is null || HasRole(request, t, SeenKind.Workspace, workspace))
            && (deployment is null || HasRole(request, t, SeenKind.Deployment, deployment)));
    }

    private static bool HasRole(CompletionRequest request, SeenThing token, SeenKind kind, string wanted) =>
        token.Parts.OfType<AstroTokenRole>().Any(r => request.Is(new AstroPlace(r.EntityId), kind, wanted));
}

/// <summary>Completes agents' tokens by id, those of the deployment that was typed or is the connection's.</summary>
internal sealed class AgentTokenIdCompleter : SeenIdCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.OfDeployment(SeenKind.AgentToken);
}

/// <summary>Completes names of agents' tokens where wildcards are taken.</summary>
internal sealed class AgentTokenPatternCompleter : SeenPatternCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.OfDeployment(SeenKind.AgentToken);
}
