using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>A role that people and API tokens can hold, with what it permits.</summary>
public sealed class AstroRole
{
    /// <summary>The id of a custom role; empty for a built-in one and for a template, which are known by their name.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>Its name, by which tokens and people hold it.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>BuiltIn, Custom, or Template for one that only serves as a pattern for custom roles.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>ORGANIZATION, WORKSPACE, DEPLOYMENT or DAG: on what it is held.</summary>
    public string Scope { get; internal set; } = "";

    /// <summary>What it is for; empty when nothing is said.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>What it permits, each as group and action: <c>deployment.deploys.create</c>.</summary>
    public IReadOnlyList<string> Permissions { get; internal set; } = [];

    /// <summary>The ids of the only workspaces it can be held in; empty for all.</summary>
    public IReadOnlyList<string> RestrictedWorkspaceIds { get; internal set; } = [];

    /// <summary>When a custom role was made (UTC), or null.</summary>
    public DateTimeOffset? CreatedOn { get; internal set; }

    /// <summary>Who made a custom role, or null.</summary>
    public AstroSubject? CreatedBy { get; internal set; }

    /// <summary>When a custom role was last changed (UTC), or null.</summary>
    public DateTimeOffset? UpdatedOn { get; internal set; }

    /// <summary>Who changed a custom role last, or null.</summary>
    public AstroSubject? UpdatedBy { get; internal set; }

    /// <summary>The role's name.</summary>
    public override string ToString() => Name;
}
