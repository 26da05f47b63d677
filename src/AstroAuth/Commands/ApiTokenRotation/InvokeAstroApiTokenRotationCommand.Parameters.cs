using System;
using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiTokenRotation;

/// <content>What can be asked for.</content>
public sealed partial class InvokeAstroApiTokenRotationCommand
{
    private const string IdSet = "Id";
    private const string NameSet = "Name";
    private const string RecoverSet = "Recover";

    /// <summary>The ids of the tokens.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RecoverSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The names of the tokens, with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(ApiTokenPatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The SecretManagement vault that keeps the values.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = RecoverSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    public string? Vault { get; set; }

    /// <summary>The secret's name in the vault, or a script block that gets the token as <c>$_</c> and gives the name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = RecoverSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    public object? SecretName { get; set; }

    /// <summary>Overlap: a successor first, then the old token goes. InPlace: the same token with a new value, the old one dead at once.</summary>
    [Parameter]
    public AstroRotationStrategy Strategy { get; set; }

    /// <summary>How long the old token goes on working beside its successor.</summary>
    [Parameter]
    [ValidateNotNull]
    [DaysArgument]
    public TimeSpan GracePeriod { get; set; }

    /// <summary>The successors' life in days; without it the period that the old token had.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(1, 3650)]
    public int ExpiresInDays { get; set; }

    /// <summary>Leave alone what has a younger value.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NameSet)]
    [DaysArgument]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Leave alone what ends later.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NameSet)]
    [DaysArgument]
    public TimeSpan? ExpiringWithin { get; set; }

    /// <summary>How many tokens are worked on at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>The vault for a value that its own vault does not take although it was proven before.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? FallbackVault { get; set; }

    /// <summary>Finish or undo what former runs left, and begin nothing.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RecoverSet)]
    public SwitchParameter Recover { get; set; }

    /// <summary>Rotate also the connection's own token where it cannot go on with the new value, and give up a successor in another secret.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}
