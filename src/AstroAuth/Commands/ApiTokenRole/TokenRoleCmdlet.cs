using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiTokenRole;

/// <summary>What the cmdlets that change a token's roles share: which token, and on what the role is held.</summary>
public abstract class TokenRoleCmdlet : AstroConnectedCmdlet
{
    internal const string PlaceSet = "Place";
    internal const string DagSet = "Dag";
    internal const string DagTagSet = "DagTag";

    /// <summary>The id of the token.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>The workspace by id or exact name; with -Deployment, where to look for that.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>The deployment by id or exact name; with -DagId or -DagTag without it the connection's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>The id of the DAG.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DagSet)]
    [ArgumentCompleter(typeof(DagIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DagId { get; set; }

    /// <summary>The tag of the DAGs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DagTagSet)]
    [ArgumentCompleter(typeof(DagTagCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DagTag { get; set; }

    /// <summary>Return the token as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is to come or go.</summary>
    internal abstract ApiTokenRoleChange Change { get; }

    /// <summary>What is done, for -WhatIf.</summary>
    internal abstract string Describe(AstroTokenRole role);

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var change = Change with { Id = Id, Workspace = Workspace, Deployment = Deployment, DagId = DagId, DagTag = DagTag };
        var isWanted = true;
        var token = await Engine.ChangeApiTokenRolesAsync(
            call,
            change,
            async (current, role) => isWanted = await Pump.InvokeAsync(() => ShouldProcess($"{current}", $"{Describe(role)} on {Say(role)}")));
        if (isWanted)
            await GiveAsync(token, PassThru);
    }

    private string Say(AstroTokenRole role) => role.EntityType switch
    {
        "DAG" => $"DAG '{role.EntityId}' of deployment {Say(Deployment, role.DeploymentId)}",
        "DAG_TAG" => $"DAGs tagged '{role.EntityId}' of deployment {Say(Deployment, role.DeploymentId)}",
        "DEPLOYMENT" => $"deployment {Say(Deployment, role.EntityId)}",
        _ => $"{role.EntityType.ToLowerInvariant()} {Say(Workspace, role.EntityId)}",
    };

    // In the words of who asks.
    private static string Say(string? name, string? id) => name is null || name == id ? id ?? "" : $"'{name}' ({id})";
}
