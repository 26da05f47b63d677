using System;
using AstroAuth.Session;

namespace AstroAuth.Commands.Connection;

/// <content>What an imported connection of the same name, which waits for its credential, says in advance.</content>
public sealed partial class ConnectAstroCommand
{
    private AstroConnection? Imported =>
        Connections.TryGet(Name) is { Kind: AstroCredentialKind.None } imported && (Domain is null || SameDomain(Domain, imported.Domain)) ? imported : null;

    private string DomainToUse => Domain ?? Imported?.Domain ?? DomainName.FromEnvironment();

    // A person sees what they choose; what the CLI used last is the choice where none is named.
    private AstroPlaces PersonPlaces => NamedPlaces.IsEmpty && Imported is { } imported
        ? new AstroPlaces(imported.Organization?.Id, imported.Workspace?.Id, null)
        : NamedPlaces;

    private static bool SameDomain(string one, string other) => string.Equals(one.Trim().TrimEnd('/'), other, StringComparison.OrdinalIgnoreCase);
}
