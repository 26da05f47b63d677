using System;
using System.Collections;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using AstroAuth.Hosting;
using AstroAuth.Session;
using AstroAuth.Vaults;

namespace AstroAuth.Commands.Diagnostic;

/// <summary>Gathers what a support request needs: versions, load contexts, connections, the way to Astro, vaults and errors; no secret.</summary>
[Cmdlet(VerbsCommon.Get, "AstroDiagnostic")]
[OutputType(typeof(AstroDiagnostic))]
public sealed class GetAstroDiagnosticCommand : AstroCmdlet
{
    private static readonly string[] ReadVariables =
    [
        EnvironmentCredential.TokenVariable, EnvironmentCredential.KeyIdVariable, EnvironmentCredential.KeySecretVariable,
        "ASTRO_DOMAIN", CaFileVariable, "ASTRO_HOME", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
    ];

    private const string CaFileVariable = "ASTRO_CA_FILE";

    /// <summary>Send nothing: neither whether Astro answers nor how far its clock is off is told.</summary>
    [Parameter]
    public SwitchParameter SkipNetwork { get; set; }

    /// <summary>How long Astro may take to answer, in seconds, for each domain in use.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 10;

    /// <inheritdoc />
    protected override void Process()
    {
        var diagnostic = Describe();
        diagnostic.Errors = ErrorHistory.List(this);
        diagnostic.Connections = Connections.All.Select(Describe).ToList();
        VaultSurvey.AddTo(diagnostic, this);
        diagnostic.VaultProblem = Redaction.Clean(diagnostic.VaultProblem);
        if (TryLoadEngine(diagnostic) is { } engine)
        {
            diagnostic.CaFileProblem = Redaction.Clean(engine.FindCaFileProblem());
            diagnostic.SavedSessions = engine.GetSavedSessions().Select(Describe).ToList();
            Run((_, sink, token) => ExamineAsync(engine, diagnostic, sink, token));
        }

        // Last, so that what the questions above have loaded is there too.
        diagnostic.Assemblies = LoadedAssemblies.List();
        WriteAll([diagnostic]);
    }

    private async Task ExamineAsync(IAstroEngine engine, AstroDiagnostic diagnostic, IAstroSink sink, System.Threading.CancellationToken cancellationToken)
    {
        var domains = diagnostic.Connections.Select(c => c.Domain).DefaultIfEmpty(DomainName.FromEnvironment()).Distinct();
        var endpoints = await Task.WhenAll(domains.Select(d => engine.ExamineAsync(d, SkipNetwork ? 0 : TimeoutSec, sink, cancellationToken)));
        foreach (var endpoint in endpoints)
        {
            endpoint.Domain = Redaction.Clean(endpoint.Domain)!;
            endpoint.Message = Redaction.Clean(endpoint.Message);
        }

        diagnostic.Endpoints = endpoints;
    }

    private AstroDiagnostic Describe()
    {
        var version = SessionState.PSVariable.GetValue("PSVersionTable") as Hashtable;
        return new AstroDiagnostic
        {
            CreatedOn = DateTimeOffset.UtcNow,
            ModuleVersion = typeof(GetAstroDiagnosticCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            ModulePath = Redaction.Path(EngineHost.ModuleFolder),
            EngineVersion = VersionOf(EngineHost.EngineAssembly),
            MsalVersion = VersionOf("Microsoft.Identity.Client"),
            PowerShellVersion = $"{version?["PSVersion"]}",
            PowerShellEdition = $"{version?["PSEdition"]}",
            HostName = Host.Name,
            OperatingSystem = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
            Runtime = RuntimeInformation.FrameworkDescription,
            CiHost = CiHost.Name,
            Variables = ReadVariables.Where(v => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(v))).ToList(),
            CaFile = Redaction.Clean(Environment.GetEnvironmentVariable(CaFileVariable)) is { Length: > 0 } file ? file : null,
        };
    }

    private AstroDiagnosticConnection Describe(AstroConnection connection) => new()
    {
        Name = Redaction.Clean(connection.Name)!,
        IsDefault = string.Equals(connection.Name, Connections.Default, StringComparison.OrdinalIgnoreCase),
        Kind = connection.Kind.ToString(),
        Source = connection.Source.ToString(),
        SourceDetail = Redaction.Clean(connection.SourceDetail)!,
        Domain = connection.Domain,
        Organization = connection.Organization?.Id,
        Workspace = connection.Workspace?.Id,
        ExpiresOn = connection.ExpiresOn,
        TimeoutSec = connection.TimeoutSec,
    };

    private static AstroDiagnosticSavedSession Describe(AstroSavedSession session) => new()
    {
        Name = Redaction.Clean(session.Name)!,
        Domain = session.Domain,
        Cache = !session.IsProtected ? "file"
            : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "DPAPI"
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "Keychain"
            : "Secret Service",
        LastUsedOn = session.LastUsedOn,
    };

    // Where the engine cannot be loaded, that is what the support request is about.
    private static IAstroEngine? TryLoadEngine(AstroDiagnostic diagnostic)
    {
        try
        {
            return Engine;
        }
        catch (Exception e)
        {
            diagnostic.EngineProblem = Redaction.Clean(e.GetBaseException().Message);
            return null;
        }
    }

    // From the file, so that asking loads nothing.
    private static string? VersionOf(string assembly)
    {
        var file = Path.Combine(EngineHost.EngineFolder, assembly + ".dll");
        return File.Exists(file) ? FileVersionInfo.GetVersionInfo(file).FileVersion : null;
    }
}
