using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>What came of moving a pipeline off a legacy Deployment API key: the new token, and what to change. It holds no secret.</summary>
public sealed class AstroKeyConversion
{
    /// <summary>The id of the key; its secret is not here.</summary>
    public string KeyId { get; internal set; } = "";

    /// <summary>Where the key was found: the variables, the vault and secret, or the parameter.</summary>
    public string KeySource { get; internal set; } = "";

    /// <summary>The id of the deployment.</summary>
    public string DeploymentId { get; internal set; } = "";

    /// <summary>The name of the deployment.</summary>
    public string DeploymentName { get; internal set; } = "";

    /// <summary>The id of the new API token.</summary>
    public string TokenId { get; internal set; } = "";

    /// <summary>The name of the new API token.</summary>
    public string TokenName { get; internal set; } = "";

    /// <summary>Its role on the deployment.</summary>
    public string Role { get; internal set; } = "";

    /// <summary>When it ends (UTC).</summary>
    public DateTimeOffset? ExpiresOn { get; internal set; }

    /// <summary>The connection that created it.</summary>
    public string CreatedAs { get; internal set; } = "";

    /// <summary>The vault that holds its value.</summary>
    public string Vault { get; internal set; } = "";

    /// <summary>The name of the secret in that vault.</summary>
    public string SecretName { get; internal set; } = "";

    /// <summary>The variables that the pipeline has to lose.</summary>
    public IReadOnlyList<string> RemoveVariables { get; internal set; } = [];

    /// <summary>The variable that the pipeline has to get, with the value that is in the vault.</summary>
    public string SetVariable { get; internal set; } = "";

    /// <summary>Steps for Azure Pipelines (YAML) that take the value from the vault and use it.</summary>
    public string AzurePipelines { get; internal set; } = "";

    /// <summary>Steps for GitHub Actions (YAML) that do the same.</summary>
    public string GitHubActions { get; internal set; } = "";

    /// <summary>The deployment and the token that is for it now.</summary>
    public override string ToString() => $"{DeploymentName}: {TokenName} ({TokenId})";
}
