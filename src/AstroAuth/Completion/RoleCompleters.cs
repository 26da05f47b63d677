using System;
using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes roles that a token can hold where the line says: built-in ones, then custom ones.</summary>
internal class TokenRoleCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request)
    {
        var scope = Scope(request);
        var custom = request.Of(SeenKind.Role).Where(r => r.Within == "Custom").Select(r => (r.Name, r.Scope, r.Detail));
        var held = request.Of(SeenKind.ApiToken).SelectMany(t => t.Parts.OfType<AstroTokenRole>())
            .Select(r => (Name: r.Role, Scope: (string?)(r.EntityType == "DAG_TAG" ? "DAG" : r.EntityType), Detail: "custom role of a token"))
            .Where(r => BuiltInRoles.All.All(b => b.Text != r.Name));
        var others = custom.Concat(held).Where(r => Fits(r.Scope ?? "", scope)).Select(r => (r.Name, r.Detail)).ByText();
        return BuiltInRoles.All.Where(r => Fits(r.Text, scope)).Concat(others);
    }

    private protected virtual string Scope(CompletionRequest request) => request.Text("Scope")
        ?? (request.Has("DagId") || request.Has("DagTag") ? "DAG"
            : request.Has("Deployment") ? "DEPLOYMENT"
            : request.Has("Workspace") ? "WORKSPACE" : "");

    // A role on a DAG is one only where a DAG is named.
    private static bool Fits(string role, string scope) =>
        role.StartsWith(scope, StringComparison.OrdinalIgnoreCase) && (scope == "DAG" || !role.StartsWith("DAG", StringComparison.Ordinal));
}

/// <summary>Completes roles on a deployment.</summary>
internal sealed class DeploymentRoleCompleter : TokenRoleCompleter
{
    /// <inheritdoc />
    private protected override string Scope(CompletionRequest request) => "DEPLOYMENT";
}

/// <summary>Completes roles that the token holds, or all that could be where the token was not seen.</summary>
internal sealed class HeldRoleCompleter : TokenRoleCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) =>
        request.Text("Id") is { } id && request.Of(SeenKind.ApiToken).FirstOrDefault(t => t.Id == id) is { Parts.Count: > 0 } token
            ? token.Parts.OfType<AstroTokenRole>().Select(r => (r.Role, $"on {r.EntityType} {r.EntityId}")).ByText()
            : base.Offer(request);
}

/// <summary>Completes custom roles by name.</summary>
internal sealed class CustomRoleNameCompleter : SeenNameCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Role).Where(r => r.Within == "Custom");
}

/// <summary>Completes names of all roles where wildcards are taken.</summary>
internal sealed class RolePatternCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override bool TakesWildcards => true;

    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request)
    {
        var scope = request.Text("Scope");
        var kind = request.Text("Kind");
        return BuiltInRoles.All.Select(r => (Name: r.Text, Scope: (string?)r.Text.Split('_')[0], Kind: (string?)"BuiltIn", Detail: r.Tip))
            .Concat(request.Of(SeenKind.Role).Select(r => (r.Name, r.Scope, Kind: r.Within, r.Detail)))
            .Where(r => (scope is null || string.Equals(r.Scope, scope, StringComparison.OrdinalIgnoreCase))
                && (kind is null || string.Equals(r.Kind, kind, StringComparison.OrdinalIgnoreCase)))
            .Select(r => (r.Name, r.Detail)).ByText();
    }
}
