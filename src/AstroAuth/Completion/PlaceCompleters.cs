using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes organizations by name.</summary>
internal sealed class OrganizationNameCompleter : SeenNameCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Organization);
}

/// <summary>Completes organizations by id.</summary>
internal sealed class OrganizationIdCompleter : SeenIdCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Organization);
}

/// <summary>Completes names of organizations where wildcards are taken.</summary>
internal sealed class OrganizationPatternCompleter : SeenPatternCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Organization);
}

/// <summary>Completes workspaces by name.</summary>
internal sealed class WorkspaceNameCompleter : SeenNameCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Workspace);
}

/// <summary>Completes workspaces by id.</summary>
internal sealed class WorkspaceIdCompleter : SeenIdCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Workspace);
}

/// <summary>Completes names of workspaces where wildcards are taken.</summary>
internal sealed class WorkspacePatternCompleter : SeenPatternCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Workspace);
}

/// <summary>Completes deployments by name, those of the workspace that was typed.</summary>
internal sealed class DeploymentNameCompleter : SeenNameCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => In(request);

    internal static IEnumerable<SeenThing> In(CompletionRequest request) => request.Text("Workspace") is { } workspace
        ? request.Of(SeenKind.Deployment).Where(d => request.Is(d.Workspace, SeenKind.Workspace, workspace))
        : request.Of(SeenKind.Deployment);
}

/// <summary>Completes deployments by id.</summary>
internal sealed class DeploymentIdCompleter : SeenIdCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Deployment);
}

/// <summary>Completes names of deployments where wildcards are taken, those of the workspace that was typed.</summary>
internal sealed class DeploymentPatternCompleter : SeenPatternCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => DeploymentNameCompleter.In(request);
}

/// <summary>Completes deployments to copy, of any workspace: the one that was typed is for the copy.</summary>
internal sealed class DeploymentOriginCompleter : SeenNameCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Deployment);
}
