using System;

namespace AstroAuth.Session;

/// <summary>A connection as it is given to <c>-Connection</c>: the object itself, or its name.</summary>
public sealed class ConnectionReference
{
    /// <summary>Refers to a connection by its name.</summary>
    public ConnectionReference(string name) => Name = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>Refers to a connection itself.</summary>
    public ConnectionReference(AstroConnection connection) => Connection = connection ?? throw new ArgumentNullException(nameof(connection));

    /// <summary>The name, when that was given.</summary>
    public string? Name { get; }

    /// <summary>The connection, when that was given.</summary>
    public AstroConnection? Connection { get; }

    /// <summary>The connection's name.</summary>
    public override string ToString() => Connection?.Name ?? Name!;
}
