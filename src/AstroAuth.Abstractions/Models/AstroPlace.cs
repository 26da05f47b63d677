using System;

namespace AstroAuth;

/// <summary>An organization, workspace or deployment by id and, where it is known, by name.</summary>
public sealed class AstroPlace : IEquatable<AstroPlace>
{
    /// <summary>Makes a place.</summary>
    /// <param name="id">The id Astro gave it (a CUID of 25 characters).</param>
    /// <param name="name">Its name; null when only the id is known.</param>
    public AstroPlace(string id, string? name = null)
    {
        Id = id ?? throw new ArgumentNullException(nameof(id));
        Name = name;
    }

    /// <summary>The id Astro gave it.</summary>
    public string Id { get; }

    /// <summary>Its name, or null when only the id is known.</summary>
    public string? Name { get; }

    /// <inheritdoc />
    public bool Equals(AstroPlace? other) => other is not null && string.Equals(Id, other.Id, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AstroPlace);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>The name, or the id when the name is unknown.</summary>
    public override string ToString() => Name ?? Id;
}
