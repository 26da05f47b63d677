using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>What <c>Get-AstroDiagnostic</c> gathers for a support request. It holds no secret, and paths in the home folder begin with ~.</summary>
public sealed class AstroDiagnostic
{
    /// <summary>When it was gathered (UTC), by this machine's clock.</summary>
    public DateTimeOffset CreatedOn { get; internal set; }

    /// <summary>The module's version.</summary>
    public string ModuleVersion { get; internal set; } = "";

    /// <summary>The folder the module was loaded from.</summary>
    public string ModulePath { get; internal set; } = "";

    /// <summary>The version of the engine's DLL in the module's folder; null when it is missing.</summary>
    public string? EngineVersion { get; internal set; }

    /// <summary>Why the engine could not be loaded; null when it could.</summary>
    public string? EngineProblem { get; internal set; }

    /// <summary>The version of the login library (MSAL) in the module's folder; null when it is missing.</summary>
    public string? MsalVersion { get; internal set; }

    /// <summary>PowerShell's version.</summary>
    public string PowerShellVersion { get; internal set; } = "";

    /// <summary>Core or Desktop.</summary>
    public string PowerShellEdition { get; internal set; } = "";

    /// <summary>The program that hosts PowerShell, for example ConsoleHost.</summary>
    public string HostName { get; internal set; } = "";

    /// <summary>The operating system and the processor.</summary>
    public string OperatingSystem { get; internal set; } = "";

    /// <summary>The .NET runtime.</summary>
    public string Runtime { get; internal set; } = "";

    /// <summary>The CI service whose job this is; null where it is none.</summary>
    public string? CiHost { get; internal set; }

    /// <summary>Which of the environment variables that the module reads are set; names only.</summary>
    public IReadOnlyList<string> Variables { get; internal set; } = [];

    /// <summary>The file of extra trusted roots that ASTRO_CA_FILE names, or null.</summary>
    public string? CaFile { get; internal set; }

    /// <summary>Why that file cannot be used; null when it can, or when there is none.</summary>
    public string? CaFileProblem { get; internal set; }

    /// <summary>The loaded assemblies that have the name of one of the module's, wherever they came from.</summary>
    public IReadOnlyList<AstroDiagnosticAssembly> Assemblies { get; internal set; } = [];

    /// <summary>The connections of the runspace.</summary>
    public IReadOnlyList<AstroDiagnosticConnection> Connections { get; internal set; } = [];

    /// <summary>Each domain in use and how it is reached.</summary>
    public IReadOnlyList<AstroDiagnosticEndpoint> Endpoints { get; internal set; } = [];

    /// <summary>The version of Microsoft.PowerShell.SecretManagement; null when it is not installed.</summary>
    public string? SecretManagementVersion { get; internal set; }

    /// <summary>The registered vaults.</summary>
    public IReadOnlyList<AstroDiagnosticVault> Vaults { get; internal set; } = [];

    /// <summary>Why the vaults could not be listed; null when they could.</summary>
    public string? VaultProblem { get; internal set; }

    /// <summary>The sessions of people that are saved for this user of the machine.</summary>
    public IReadOnlyList<AstroDiagnosticSavedSession> SavedSessions { get; internal set; } = [];

    /// <summary>The module's newest errors in <c>$Error</c>, the newest first.</summary>
    public IReadOnlyList<AstroDiagnosticError> Errors { get; internal set; } = [];

    /// <summary>The versions of the module and of PowerShell.</summary>
    public override string ToString() => $"AstroAuth {ModuleVersion}, PowerShell {PowerShellVersion} {PowerShellEdition}";
}
