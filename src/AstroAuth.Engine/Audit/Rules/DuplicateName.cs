using System;
using System.Collections.Generic;
using AstroAuth.Engine.Rotation;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>A name that another token of the same owner has, unless both are the two halves of a rotation.</summary>
internal sealed class DuplicateName : TokenRule
{
    private readonly Dictionary<Key, string> _seen = [];
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    internal DuplicateName()
        : base(
            nameof(DuplicateName),
            AstroFindingSeverity.Warning,
            "duplicate name",
            "Nobody can tell by the name which of them is used, and a script that goes by names takes the wrong one.",
            "Find out which one is used (LastUsedOn), rename or delete the other: Get-AstroApiToken -Id {id}")
    {
    }

    internal override AstroTokenFinding? Find(AuditedToken token, AuditContext context) =>
        Test(token) is { } message ? Finding(message, token.Token) : null;

    private string? Test(AuditedToken token)
    {
        // A rotation makes a successor of the same name and marks it, and later what it replaces.
        if (token.Work is Claim.Successor or Claim.Retire or "creating")
            return null;
        var key = new Key(token.Token.Name, Owner(token.Token));
        if (!_seen.TryGetValue(key, out var first))
        {
            _seen.Add(key, token.Token.Id);
            return null;
        }

        // The same token twice in a pipeline is no second one.
        return first == token.Token.Id ? null : $"Its name is also that of the token {first}, which belongs to the same {token.Token.Scope.ToLowerInvariant()}.";
    }

    // Kept once for each owner and not once for each token.
    private string Owner(AstroApiToken token)
    {
        var owner = token.OrganizationId;
        foreach (var role in token.Roles)
        {
            if (role.EntityType == token.Scope)
                owner = role.EntityId;
        }

        if (_owners.TryGetValue(owner, out var known))
            return known;
        _owners.Add(owner, owner);
        return owner;
    }

    private readonly record struct Key(string Name, string Owner)
    {
        public bool Equals(Key other) => Owner == other.Owner && Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

        public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);
    }
}
