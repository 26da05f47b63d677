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
        var names = new NamePatterns(Name);
        var roles = await Engine.ListRolesAsync(call, new RoleQuery
        {
            Scope = Scope?.ToUpperInvariant(),
            Kind = Kind,
            NameMatches = names.Matches,
        });
        await WriteAsync(roles);
        foreach (var missing in names.Missing(nameof(Strings.AstroRoleNotFound), Strings.AstroRoleNotFound, Current))
            Report(missing);
    }
}
