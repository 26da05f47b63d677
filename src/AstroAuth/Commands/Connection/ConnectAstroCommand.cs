using System.Management.Automation;
using System.Security;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;
using AstroAuth.Vaults;

namespace AstroAuth.Commands.Connection;

/// <summary>Connects to Astro: a person signs in, or an API token, an access token or a legacy Deployment API key is used.</summary>
[Cmdlet(VerbsCommunications.Connect, "Astro", DefaultParameterSetName = ResolveSet, SupportsShouldProcess = true)]
[OutputType(typeof(AstroConnection))]
public sealed partial class ConnectAstroCommand : AstroCmdlet
{
    private const string ResolveSet = "Resolve";
    private const string ApiTokenSet = "ApiToken";
    private const string AccessTokenSet = "AccessToken";
    private const string DeploymentKeySet = "DeploymentKey";
    private const string SecretSet = "Secret";
    private const string EnvironmentSet = "Environment";

    /// <summary>A Workspace, Organization or Deployment API token.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ApiTokenSet)]
    [SecretArgument]
    public SecureString? ApiToken { get; set; }

    /// <summary>A user's access token, as the web page at cloud.astronomer.io/token gives it; it cannot be renewed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessTokenSet)]
    [SecretArgument]
    public SecureString? AccessToken { get; set; }

    /// <summary>A legacy Deployment API key: the key id as user name, the key secret as password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeploymentKeySet)]
    [Credential]
    public PSCredential? DeploymentKey { get; set; }

    /// <summary>The secret that holds the credential, in a SecretManagement vault.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The vault that holds the secret; without it the default vault.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Use ASTRO_API_TOKEN, or ASTRONOMER_KEY_ID and ASTRONOMER_KEY_SECRET, and nothing else.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EnvironmentSet)]
    public SwitchParameter EnvironmentVariable { get; set; }

    /// <summary>The connection's name; one of that name is replaced.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = SessionConnections.DefaultName;

    /// <summary>The Astro domain; without it ASTRO_DOMAIN, then astronomer.io.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DomainCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Domain { get; set; }

    /// <summary>The default organization, by id or exact name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OrganizationNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Organization { get; set; }

    /// <summary>The default workspace, by id or exact name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkspaceNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Workspace { get; set; }

    /// <summary>The default deployment, by id or exact name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeploymentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>Send no request now; a wrong credential shows at its first use.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Do not make it the runspace's default connection.</summary>
    [Parameter]
    public SwitchParameter NoDefault { get; set; }

    /// <summary>Return the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// How long one call of this connection may take with all its repetitions, in seconds; while a person signs in, how long
    /// to wait for them (300 where it is not given).
    /// </summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = AstroConnectionDefaults.TimeoutSec;

    /// <inheritdoc />
    protected override void Process()
    {
        try
        {
            Connect();
        }
        catch (AstroException e)
        {
            // A script must not go on as somebody else, or as nobody.
            ThrowTerminatingError(e.ToErrorRecord());
        }
    }

    private AstroPlaces NamedPlaces => new(Organization, Workspace, Deployment);

    private void Connect()
    {
        var connection = ParameterSetName switch
        {
            InteractiveSet => SignIn(AstroLoginMethod.Browser),
            NoBrowserSet => SignIn(AstroLoginMethod.Link),
            DeviceCodeSet => SignIn(AstroLoginMethod.DeviceCode),
            _ => FindCredential() is { } request ? Open(request) : ResumeOrSignIn(),
        };
        if (connection is null)
            return;

        Connections.Set(connection, !NoDefault);
        WriteVerbose($"Connected as '{Name}' to {connection.Domain} with the {connection.Kind} from {connection.SourceDetail}.");
        if (PassThru)
            WriteAll([connection]);
    }

    private AstroConnection? Open(AstroConnectionRequest request)
    {
        if (!ShouldProcess(request.Domain, $"Connect as '{Name}' with the {request.Kind} from {request.SourceDetail}"))
            return null;

        var connection = Engine.Open(request);
        if (Imported is { } imported)
            connection = connection.CompletedWith(imported.Organization, imported.Workspace);
        if (request.Kind == AstroCredentialKind.DeploymentKey)
            WriteWarning("Deployment API keys are deprecated and were switched off on Astro in June 2024. Create a Deployment API token instead (New-AstroApiToken -Deployment).");

        if (!SkipValidation || !NamedPlaces.IsEmpty)
        {
            Run(async (_, sink, token) =>
                connection = await Engine.ResolveAsync(new AstroCall(connection, sink, token), NamedPlaces, !SkipValidation));
        }

        return connection;
    }

    // Null: there is none but what a person has.
    private AstroConnectionRequest? FindCredential()
    {
        var domain = DomainToUse;
        var given = new AstroConnectionRequest
        {
            Name = Name,
            Domain = domain,
            Kind = AstroCredentialKind.ApiToken,
            Secret = ApiToken ?? AccessToken ?? DeploymentKey?.Password ?? new SecureString(),
            Source = AstroCredentialSource.Parameter,
            SourceDetail = "-" + ParameterSetName,
            TimeoutSec = TimeoutSec,
        };
        switch (ParameterSetName)
        {
            case ApiTokenSet:
                return given;
            case AccessTokenSet:
                return given with { Kind = AstroCredentialKind.AccessToken };
            case DeploymentKeySet:
                return given with { Kind = AstroCredentialKind.DeploymentKey, KeyId = DeploymentKey!.UserName };
            case SecretSet:
                var vault = new SecretVault(new SecretManagement(this), WriteWarning);
                var name = Vault ?? vault.GetDefault();
                var secret = vault.Read(name, SecretName!);
                Connections.Seen.NoteSecret(name, SecretName!);
                return VaultCredential.ToRequest(secret, name, SecretName!, given);
            default:
                var found = EnvironmentCredential.Read();
                if (found.ToRequest(Name, domain, TimeoutSec) is { } request)
                    return request;
                if (EnvironmentVariable)
                    throw found.ToNoCredential();
                return null;
        }
    }
}
