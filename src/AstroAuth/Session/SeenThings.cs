using System;
using System.Collections.Generic;
using System.Linq;

namespace AstroAuth.Session;

/// <summary>The things that a runspace has been shown, so that they can be completed without asking Astro.</summary>
internal sealed class SeenThings
{
    // Of each kind; more than anybody chooses from, and little enough to keep for long.
    private const int Most = 5000;

    private readonly Dictionary<SeenKind, Shelf> _shelves = [];

    /// <summary>Remembers what is shown.</summary>
    /// <param name="shown">An object of the module; others are passed over.</param>
    /// <param name="by">The connection that showed it, or null.</param>
    /// <param name="tokenKind">What a token is: agents' tokens look like others.</param>
    internal void Note(object? shown, AstroConnection? by = null, SeenKind tokenKind = SeenKind.ApiToken) => new SeenNotes(this, by, tokenKind).Note(shown);

    /// <summary>Remembers a secret that was used; its name, not what is in it.</summary>
    internal void NoteSecret(string vault, string name) => new SeenNotes(this, null, SeenKind.ApiToken).Secret(vault, name);

    internal void Add(SeenThing thing)
    {
        if (!_shelves.TryGetValue(thing.Kind, out var shelf))
            _shelves[thing.Kind] = shelf = new Shelf();
        shelf.Add(thing);
    }

    /// <summary>All of a kind, in the order in which they were last seen.</summary>
    internal IReadOnlyList<SeenThing> Of(SeenKind kind) => _shelves.TryGetValue(kind, out var shelf) ? [.. shelf.Things] : [];

    internal SeenThing? Find(SeenKind kind, string key) => _shelves.TryGetValue(kind, out var shelf) ? shelf.Find(key) : null;

    /// <summary>Forgets a thing that is gone, with all that was in it.</summary>
    internal void Forget(SeenKind kind, string id)
    {
        foreach (var gone in Of(kind).Where(t => t.Id == id).ToList())
            _shelves[kind].Remove(gone.Key);
        if (kind is not (SeenKind.Workspace or SeenKind.Deployment))
            return;
        var lost = _shelves.Values.SelectMany(s => s.Things).Where(t => (kind == SeenKind.Workspace ? t.Workspace : t.Deployment)?.Id == id).ToList();
        foreach (var thing in lost)
            Forget(thing.Kind, thing.Id, thing.Key);
    }

    private void Forget(SeenKind kind, string id, string key)
    {
        if (kind is SeenKind.Deployment)
            Forget(kind, id);
        else
            _shelves[kind].Remove(key);
    }

    /// <summary>The things of one kind; the one seen longest ago makes room.</summary>
    private sealed class Shelf
    {
        private readonly Dictionary<string, LinkedListNode<SeenThing>> _byKey = new(StringComparer.Ordinal);
        private readonly LinkedList<SeenThing> _inOrder = new();

        internal IEnumerable<SeenThing> Things => _inOrder;

        internal SeenThing? Find(string key) => _byKey.TryGetValue(key, out var node) ? node.Value : null;

        internal void Add(SeenThing thing)
        {
            var key = thing.Key;
            if (_byKey.TryGetValue(key, out var known))
            {
                known.Value = thing;
                _inOrder.Remove(known);
                _inOrder.AddLast(known);
                return;
            }

            if (_byKey.Count == Most)
                Remove(_inOrder.First!.Value.Key);
            _byKey[key] = _inOrder.AddLast(thing);
        }

        internal void Remove(string key)
        {
            if (!_byKey.TryGetValue(key, out var node))
                return;
            _inOrder.Remove(node);
            _byKey.Remove(key);
        }
    }
}
