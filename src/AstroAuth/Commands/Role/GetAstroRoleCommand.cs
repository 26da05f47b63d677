using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Role;

/// <summary>Gives roles with what they permit: built-in ones, custom ones, and the templates of such.</summary>
[Cmdlet(VerbsCommon.Get, "AstroRole")]
[OutputType(typeof(AstroRole))]
public sealed class GetAstroRoleCommand : AstroConnectedCmdlet
{
    /// <summary>The names of the roles, with wildcards.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(RolePatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only roles that are held on this: Organization, Workspace, Deployment or Dag.</summary>
    [Parameter]
    [ValidateSet("Organization", "Workspace", "Deployment", "Dag")]
    public string? Scope { get; set; }

    /// <summary>Only roles of this kind: BuiltIn, Custom or Template.</summary>
    [Parameter]
    [ValidateSet("BuiltIn", "Custom", "Template")]
    public string? Kind { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var patterns = Name?.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToArray();
        var roles = await Engine.ListRolesAsync(call, new RoleQuery
        {
            Scope = Scope?.ToUpperInvariant(),
            Kind = Kind,
            NameMatches = patterns is null ? null : name => patterns.Any(p => p.IsMatch(name)),
        });
        await WriteAsync(roles);

        // Like Get-Process: a name that was spelled out and is not there is an error, a pattern without a match is not.
        if (roles.Count == 0 && Name is { Length: 1 } && !WildcardPattern.ContainsWildcardCharacters(Name[0]))
        {
            throw new AstroException(
                nameof(Strings.AstroRoleNotFound),
                Strings.Format(Strings.AstroRoleNotFound, Name[0], Current.Name),
                AstroErrorCategory.ObjectNotFound,
                Name[0]);
        }
    }
}
