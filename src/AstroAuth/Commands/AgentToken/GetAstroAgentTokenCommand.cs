using System;
using System.Linq;
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

        var patterns = Name?.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToArray();
        Func<string, bool>? matches = patterns is null ? null : name => patterns.Any(p => p.IsMatch(name));
        var found = false;
        await Engine.ListAgentTokensAsync(call, Deployment, matches, page =>
        {
            found |= page.Count > 0;
            return WritePageAsync(page);
        });

        if (!found && Name is { Length: 1 } && !WildcardPattern.ContainsWildcardCharacters(Name[0]))
        {
            throw new AstroException(
                nameof(Strings.AgentTokenNotFound),
                Strings.Format(Strings.AgentTokenNotFound, Name[0], Current.Name),
                AstroErrorCategory.ObjectNotFound,
                Name[0]);
        }
    }
}
