using System;

namespace AstroAuth;

/// <summary>
/// A named way into Astro: a domain, default places and one credential.
/// Immutable and safe to use from several runspaces at once (<c>$using:connection</c>); it shows no secret.
/// </summary>
public sealed class AstroConnection
{
    internal AstroConnection(string name, IAstroSession session, AstroCredentialSource source, string sourceDetail)
    {
        Name = name;
        Session = session;
        Source = source;
        SourceDetail = sourceDetail;
    }

    private AstroConnection(AstroConnection other)
        : this(other.Name, other.Session, other.Source, other.SourceDetail)
    {
        Organization = other.Organization;
        Workspace = other.Workspace;
        Deployment = other.Deployment;
        ConnectedOn = other.ConnectedOn;
        TimeoutSec = other.TimeoutSec;
    }

    /// <summary>The name it was given with <c>Connect-Astro -Name</c>, unique in a runspace without regard to case.</summary>
    public string Name { get; }

    /// <summary>The Astro domain, for example <c>astronomer.io</c> or <c>localhost:8888</c>.</summary>
    public string Domain => Session.Domain;

    /// <summary>How it proves itself.</summary>
    public AstroCredentialKind Kind => Session.Kind;

    /// <summary>Where the credential was found.</summary>
    public AstroCredentialSource Source { get; }

    /// <summary>The variable, vault and secret, or parameter the credential came from; never a value.</summary>
    public string SourceDetail { get; }

    /// <summary>The default organization, or null while it is not known.</summary>
    public AstroPlace? Organization { get; internal set; }

    /// <summary>The default workspace, or null.</summary>
    public AstroPlace? Workspace { get; internal set; }

    /// <summary>The default deployment, or null.</summary>
    public AstroPlace? Deployment { get; internal set; }

    /// <summary>The id of the API token in use, or null for another kind of credential.</summary>
    public string? TokenId => Session.TokenId;

    /// <summary>The user name (an e-mail address) of the person who signed in, or null for another kind of credential.</summary>
    public string? User => Session.User;

    /// <summary>When the credential itself ends (UTC); null for one that never expires or renews itself.</summary>
    public DateTimeOffset? ExpiresOn => Session.ExpiresOn;

    /// <summary>When the connection was made (UTC).</summary>
    public DateTimeOffset ConnectedOn { get; internal set; }

    /// <summary>How long one call may take with all its repetitions, in seconds.</summary>
    public int TimeoutSec { get; internal set; }

    /// <summary>The engine's side: the credential and the transport that carries it.</summary>
    internal IAstroSession Session { get; }

    /// <summary>The same connection with other default places.</summary>
    internal AstroConnection With(AstroPlace? organization, AstroPlace? workspace, AstroPlace? deployment) =>
        new(this) { Organization = organization, Workspace = workspace, Deployment = deployment };

    /// <summary>
    /// The same connection with places for what its credential leaves open. A credential that names its own organization
    /// or workspace is right about them.
    /// </summary>
    internal AstroConnection CompletedWith(AstroPlace? organization, AstroPlace? workspace) =>
        Organization is not null && !Organization.Equals(organization)
            ? this
            : With(Organization ?? organization, Workspace ?? workspace, Deployment);

    /// <summary>The same connection with another time for each call.</summary>
    internal AstroConnection WithTimeout(int seconds) =>
        new(this) { TimeoutSec = seconds };

    /// <summary>The name, the kind of credential and the domain.</summary>
    public override string ToString() => $"{Name} ({Kind}, {Domain})";
}
