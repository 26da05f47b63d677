using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Control;

/// <summary>An id and a name.</summary>
internal sealed record NamedEntity(string Id, string Name, string? WorkspaceId = null);

/// <summary>A token that programs may use, with its value.</summary>
internal sealed record SampleToken(string Id, string Name, string Value, string Scope, string Role);

/// <summary>A person that programs may log in as.</summary>
internal sealed record SampleUser(string Email, string Password, string AccessToken);

/// <summary>Everything that a program needs to use this emulator; the READY line is this.</summary>
internal sealed record EmulatorState(
    string Address, string Domain, string HttpsAddress, string HttpsDomain, string CaFile, int ProcessId, NamedEntity Organization,
    NamedEntity ForeignOrganization, IReadOnlyList<NamedEntity> Workspaces, IReadOnlyList<NamedEntity> Deployments,
    IReadOnlyDictionary<string, SampleToken> Tokens, IReadOnlyDictionary<string, SampleUser> Users, LegacyKey LegacyKey,
    DateTimeOffset? Now = null);

/// <summary>Holds the state of this run, once it is known, and the way back to its start.</summary>
internal sealed class StateHolder
{
    /// <summary>Puts back what the organizations held at the start.</summary>
    public Action Reset { get; set; } = () => throw new InvalidOperationException("The emulator has not started yet.");

    private EmulatorState? _state;

    public EmulatorState State
    {
        get => _state ?? throw new InvalidOperationException("The emulator has not started yet.");
        set => _state = value;
    }
}
