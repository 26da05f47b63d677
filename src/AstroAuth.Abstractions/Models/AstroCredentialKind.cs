namespace AstroAuth;

/// <summary>How a connection proves itself to Astro.</summary>
public enum AstroCredentialKind
{
    /// <summary>A person who signed in; renewed with a refresh token.</summary>
    User,

    /// <summary>A Workspace, Organization or Deployment API token, sent as it is.</summary>
    ApiToken,

    /// <summary>A legacy Deployment API key (key id and secret), exchanged for short-lived access tokens.</summary>
    DeploymentKey,

    /// <summary>A ready-made user access token, for example copied from the web page; it cannot be renewed.</summary>
    AccessToken,

    /// <summary>Nothing yet: a connection that was imported and waits for <c>Connect-Astro -Name</c>.</summary>
    None,
}
