using System;
using System.Management.Automation.Runspaces;

namespace AstroAuth.Hosting;

/// <summary>
/// What is shown of an object that comes after one of another type, as in the log of a script: PowerShell then takes no view
/// but a list of these properties, and without them of all.
/// </summary>
internal static class ShortViews
{
    internal static TypeData[] All() =>
    [
        Show(typeof(AstroApiToken), "Id", "Name", "Scope", "Roles", "ExpiresOn", "LastUsedOn"),
        Show(typeof(AstroBundleFile), "Path", "Length"),
        Show(typeof(AstroConnection), "Name", "Kind", "Source", "User", "ExpiresOn", "Organization", "Workspace"),
        Show(typeof(AstroConnectionTest), "Connection", "Success", "Who", "ExpiresOn", "LatencyMs", "Message"),
        Show(typeof(AstroDag), "DagId", "IsPaused", "Schedule", "Tags", "DeploymentName"),
        Show(typeof(AstroDagRun), "DagId", "RunId", "State", "StartedOn", "Duration"),
        Show(typeof(AstroDeploy), "Id", "Type", "Status", "Description", "CreatedOn"),
        Show(typeof(AstroDeployment), "Id", "Name", "Status", "WorkspaceName", "RuntimeVersion", "Executor", "IsCiCdEnforced"),
        Show(typeof(AstroDeploymentOption), "Executors", "RuntimeReleases", "SchedulerMachines", "WorkerMachines"),
        Show(typeof(AstroDiagnostic), "CreatedOn", "ModuleVersion", "EngineVersion", "PowerShellVersion", "OperatingSystem", "Connections", "Endpoints"),
        Show(typeof(AstroKeyConversion), "KeyId", "DeploymentName", "TokenName", "ExpiresOn", "Vault", "SecretName", "RemoveVariables", "SetVariable"),
        Show(typeof(AstroOrganization), "Id", "Name", "Product", "Plan", "Status"),
        Show(typeof(AstroRole), "Id", "Name", "Kind", "Scope", "Description"),
        Show(typeof(AstroSavedSession), "Name", "Domain", "User", "LastUsedOn", "IsProtected"),
        Show(typeof(AstroTokenAuditSummary), "AuditedOn", "Tokens", "TokensWithFindings", "Errors", "Warnings", "Information"),
        Show(typeof(AstroTokenFinding), "Severity", "RuleId", "Name", "Message", "Remedy"),
        Show(typeof(AstroTokenInfo), "Kind", "Scope", "TokenId", "Subject", "ExpiresOn", "DaysLeft"),
        Show(typeof(AstroTokenRotation), "Name", "Status", "Strategy", "OldId", "NewId", "ExpiresOn", "Reason"),
        Show(typeof(AstroWorkspace), "Id", "Name", "Description", "IsCiCdEnforcedByDefault"),
    ];

    private static TypeData Show(Type type, params string[] properties) => new(type) { DefaultDisplayPropertySet = new PropertySetData(properties) };
}
