using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.Connection;

/// <summary>Changes the default places of a connection.</summary>
[Cmdlet(VerbsCommon.Set, "AstroConnection", SupportsShouldProcess = true)]
[OutputType(typeof(AstroConnection))]
public sealed class SetAstroConnectionCommand : AstroCmdlet
{
    /// <summary>The connection's name; without it the default one.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The default organization, by id or exact name; an empty text takes it away, with workspace and deployment.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrganizationNameCompleter))]
    [AllowEmptyString]
    public string? Organization { get; set; }

    /// <summary>The default workspace, by id or exact name; an empty text takes it away, with the deployment.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [AllowEmptyString]
    public string? Workspace { get; set; }

    /// <summary>The default deployment, by id or exact name; an empty text takes it away.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [AllowEmptyString]
    public string? Deployment { get; set; }

    /// <summary>Return the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        var name = Name ?? Connections.Default ?? throw EnvironmentCredential.Read().ToNoCredential();
        var connection = Connections.Get(name);
        if (!ShouldProcess(connection.ToString(), "Set default places"))
            return;

        // A place of another organization or workspace would make no sense with the new one.
        var changed = connection.With(
            Organization is null ? connection.Organization : null,
            Organization is null && Workspace is null ? connection.Workspace : null,
            Organization is null && Workspace is null && Deployment is null ? connection.Deployment : null);
        var places = new AstroPlaces(NotEmpty(Organization), NotEmpty(Workspace), NotEmpty(Deployment));
        if (!places.IsEmpty)
            Run(async (_, sink, token) => changed = await Engine.ResolveAsync(new AstroCall(changed, sink, token), places, validate: false));

        Connections.Set(changed, makeDefault: false);
        if (PassThru)
            WriteAll([changed]);
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
