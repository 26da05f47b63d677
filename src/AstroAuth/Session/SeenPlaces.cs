using System;
using System.Collections.Generic;
using System.Linq;

namespace AstroAuth.Session;

/// <summary>The sorts of places that have names.</summary>
internal enum PlaceSort
{
    Organization,
    Workspace,
    Deployment,
}

/// <summary>The places that a runspace has been shown, so that their names can be completed without asking Astro.</summary>
internal sealed class SeenPlaces
{
    // More than anybody chooses from, and little enough to keep for long.
    private const int Most = 5000;

    private readonly Dictionary<string, (PlaceSort Sort, string Name, string Tip)> _places = new(StringComparer.Ordinal);

    internal void Note(object? shown)
    {
        switch (shown)
        {
            case AstroOrganization organization: Add(PlaceSort.Organization, organization.Id, organization.Name, "organization"); break;
            case AstroWorkspace workspace: Add(PlaceSort.Workspace, workspace.Id, workspace.Name, workspace.Description); break;
            case AstroDeployment deployment: Add(PlaceSort.Deployment, deployment.Id, deployment.Name, $"{deployment.Status}, {deployment.WorkspaceName}"); break;
            case AstroConnection connection: Note(connection); break;
        }
    }

    internal void Note(AstroConnection connection)
    {
        Add(PlaceSort.Organization, connection.Organization, connection);
        Add(PlaceSort.Workspace, connection.Workspace, connection);
        Add(PlaceSort.Deployment, connection.Deployment, connection);
    }

    internal void Forget(string id) => _places.Remove(id);

    /// <summary>What can be typed for a place and a word about it: its name, or its id where others have the name too.</summary>
    internal IEnumerable<(string Text, string Tip)> Of(PlaceSort sort) => _places
        .Where(p => p.Value.Sort == sort)
        .GroupBy(p => p.Value.Name, StringComparer.OrdinalIgnoreCase)
        .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
        .SelectMany(g => g.Count() == 1
            ? g.Select(p => (p.Value.Name, $"{p.Value.Name} ({p.Key}) {p.Value.Tip}".TrimEnd()))
            : g.Select(p => (p.Key, $"{p.Value.Name}: {p.Value.Tip}")));

    private void Add(PlaceSort sort, AstroPlace? place, AstroConnection connection)
    {
        if (place?.Name is { } name && !_places.ContainsKey(place.Id))
            Add(sort, place.Id, name, $"default of connection '{connection.Name}'");
    }

    private void Add(PlaceSort sort, string id, string name, string tip)
    {
        if (name.Length > 0 && (_places.Count < Most || _places.ContainsKey(id)))
            _places[id] = (sort, name, tip);
    }
}
