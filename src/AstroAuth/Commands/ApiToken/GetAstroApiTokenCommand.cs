using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiToken;

/// <summary>Gives API tokens: all that match, page by page, or one by its id.</summary>
[Cmdlet(VerbsCommon.Get, "AstroApiToken", DefaultParameterSetName = FindSet)]
[OutputType(typeof(AstroApiToken))]
public sealed class GetAstroApiTokenCommand : AstroConnectedCmdlet
{
    private const string FindSet = "Find";
    private const string IdSet = "Id";

    /// <summary>The ids of the tokens.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The names of the tokens, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = FindSet)]
    [ArgumentCompleter(typeof(ApiTokenPatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only tokens that this level owns: Organization, Workspace or Deployment.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [ValidateSet("Organization", "Workspace", "Deployment")]
    public string? Scope { get; set; }

    /// <summary>Only tokens with a role in this workspace, by id or exact name.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>Only tokens with a role in this deployment, by id or exact name.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>Only tokens of this kind: Standard or Direct_Access.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [ValidateSet("Standard", "Direct_Access")]
    public string? Kind { get; set; }

    /// <summary>Only tokens that end within this time, or have ended.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [DaysArgument]
    public TimeSpan? ExpiringWithin { get; set; }

    /// <summary>Only tokens without an end.</summary>
    [Parameter(ParameterSetName = FindSet)]
    public SwitchParameter NeverExpires { get; set; }

    /// <summary>Only tokens not used for this time; one never used counts from its start.</summary>
    [Parameter(ParameterSetName = FindSet)]
    [DaysArgument]
    public TimeSpan? UnusedFor { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id!)
                await EachAsync(async () => await WriteAsync([await Engine.GetApiTokenAsync(call, id)]));
            return;
        }

        var names = new NamePatterns(Name);
        var query = new ApiTokenQuery
        {
            Scope = Scope?.ToUpperInvariant(),
            Workspace = Workspace,
            Deployment = Deployment,
            Kind = Kind?.ToUpperInvariant(),
            ExpiringWithin = ExpiringWithin,
            NeverExpires = NeverExpires,
            UnusedFor = UnusedFor,
            NameMatches = names.Matches,
        };
        await Engine.ListApiTokensAsync(call, query, WritePageAsync);
        foreach (var missing in names.Missing(nameof(Strings.ApiTokenNotFound), Strings.ApiTokenNotFound, Current))
            Report(missing);
    }
}
