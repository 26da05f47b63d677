using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.AgentToken;

/// <summary>Gives the tokens of a deployment's Remote Execution agents.</summary>
[Cmdlet(VerbsCommon.Get, "AstroAgentToken", DefaultParameterSetName = FindSet)]
[OutputType(typeof(AstroApiToken))]
public sealed class GetAstroAgentTokenCommand : AstroConnectedCmdlet
{
    private const string FindSet = "Find";
    private const string IdSet = "Id";

    /// <summary>The names of the tokens, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = FindSet)]
    [ArgumentCompleter(typeof(AgentTokenPatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The id of the token.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(AgentTokenIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>The deployment by id or exact name; without it the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <inheritdoc />
    internal override SeenKind TokenKind => SeenKind.AgentToken;

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (Id is not null)
        {
            await WriteAsync([await Engine.GetAgentTokenAsync(call, Deployment, Id)]);
            return;
        }

        var names = new NamePatterns(Name);
        await Engine.ListAgentTokensAsync(call, Deployment, names.Matches, WritePageAsync);
        foreach (var missing in names.Missing(nameof(Strings.AgentTokenNotFound), Strings.AgentTokenNotFound, Current))
            Report(missing);
    }
}
