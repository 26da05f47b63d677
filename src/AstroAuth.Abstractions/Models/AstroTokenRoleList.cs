using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace AstroAuth;

/// <summary>The roles of an API token; as text, their names with commas between them.</summary>
public sealed class AstroTokenRoleList : ReadOnlyCollection<AstroTokenRole>
{
    internal static readonly AstroTokenRoleList Empty = new([]);

    internal AstroTokenRoleList(IList<AstroTokenRole> roles)
        : base(roles)
    {
    }

    /// <summary>The roles' names, with commas between them.</summary>
    public override string ToString() => string.Join(", ", Items);
}
