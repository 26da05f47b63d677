using System;
using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiToken;

/// <content>Which tokens are tested, by which rules, and where their limits are.</content>
public abstract partial class AuditCmdlet
{
    /// <summary>The set for all tokens.</summary>
    protected const string AllSet = "All";

    /// <summary>The set for tokens that are at hand.</summary>
    protected const string InputObjectSet = "InputObject";

    /// <summary>The set for ids.</summary>
    protected const string IdSet = "Id";

    /// <summary>The tokens to test, as Get-AstroApiToken gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AstroApiToken[]? InputObject { get; set; }

    /// <summary>The ids of the tokens to test.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Only tokens that this level owns: Organization, Workspace or Deployment.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [ValidateSet("Organization", "Workspace", "Deployment")]
    public string? Scope { get; set; }

    /// <summary>Only tokens with a role in this workspace, by id or exact name.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>Only tokens with a role in this deployment, by id or exact name.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The rules to run, by their ids, with wildcards; without it all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AuditRuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>The rules to leave out, by their ids, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AuditRuleCompleter))]
    public string[]? ExcludeRule { get; set; }

    /// <summary>What ends within this time ends soon: 14 days.</summary>
    [Parameter]
    [DaysArgument]
    public TimeSpan? ExpiringWithin { get; set; }

    /// <summary>The longest expiry period that is fine, in days: 365.</summary>
    [Parameter]
    [ValidateRange(1, 3650)]
    public int? MaximumPeriodInDays { get; set; }

    /// <summary>A value as old as this should have been rotated: 180 days.</summary>
    [Parameter]
    [DaysArgument]
    public TimeSpan? NotRotatedFor { get; set; }

    /// <summary>What was never used in this time is not needed: 14 days.</summary>
    [Parameter]
    [DaysArgument]
    public TimeSpan? NeverUsedFor { get; set; }

    /// <summary>What was last used this time ago is no longer needed: 90 days.</summary>
    [Parameter]
    [DaysArgument]
    public TimeSpan? UnusedFor { get; set; }
}
