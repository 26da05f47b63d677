using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Organization;

/// <summary>Gives the organizations that the credential sees, or one by its id.</summary>
[Cmdlet(VerbsCommon.Get, "AstroOrganization", DefaultParameterSetName = FindSet)]
[OutputType(typeof(AstroOrganization))]
public sealed class GetAstroOrganizationCommand : AstroConnectedCmdlet
{
    private const string FindSet = "Find";
    private const string IdSet = "Id";

    /// <summary>The ids of the organizations.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("OrganizationId")]
    [ArgumentCompleter(typeof(OrganizationIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The names of the organizations, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = FindSet)]
    [ArgumentCompleter(typeof(OrganizationPatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id!)
                await EachAsync(async () => await WriteAsync([await Engine.GetOrganizationAsync(call, id)]));
            return;
        }

        var names = new NamePatterns(Name);
        await Engine.ListOrganizationsAsync(call, page => WritePageAsync(page.Where(o => names.Matches?.Invoke(o.Name) != false).ToList()));
        foreach (var missing in names.Missing(nameof(Strings.NoSuchOrganization), Strings.NoSuchOrganization, Current))
            Report(missing);
    }
}
