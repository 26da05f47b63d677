using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace AstroAuth.Hosting;

/// <summary>
/// What is shown of an object that comes after one of another type, as in the log of a script: PowerShell then takes no view
/// but a list of these properties, and without them of all.
/// </summary>
internal static class ShortViews
{
    private static readonly Dictionary<Type, string[]> Properties = new()
    {
        [typeof(AstroApiToken)] = ["Id", "Name", "Scope", "Roles", "ExpiresOn", "LastUsedOn"],
        [typeof(AstroBundleFile)] = ["Path", "Length"],
        [typeof(AstroConnection)] = ["Name", "Kind", "Source", "User", "ExpiresOn", "Organization", "Workspace"],
        [typeof(AstroConnectionTest)] = ["Connection", "Success", "Who", "ExpiresOn", "LatencyMs", "Message"],
        [typeof(AstroDag)] = ["DagId", "IsPaused", "Schedule", "Tags", "DeploymentName"],
        [typeof(AstroDagRun)] = ["DagId", "RunId", "State", "StartedOn", "Duration"],
        [typeof(AstroDeploy)] = ["Id", "Type", "Status", "Description", "CreatedOn"],
        [typeof(AstroDeployment)] = ["Id", "Name", "Status", "WorkspaceName", "RuntimeVersion", "Executor", "IsCiCdEnforced"],
        [typeof(AstroDeploymentOption)] = ["Executors", "RuntimeReleases", "SchedulerMachines", "WorkerMachines"],
        [typeof(AstroDiagnostic)] = ["CreatedOn", "ModuleVersion", "EngineVersion", "PowerShellVersion", "OperatingSystem", "Connections", "Endpoints"],
        [typeof(AstroKeyConversion)] = ["KeyId", "DeploymentName", "TokenName", "ExpiresOn", "Vault", "SecretName", "RemoveVariables", "SetVariable"],
        [typeof(AstroOrganization)] = ["Id", "Name", "Product", "Plan", "Status"],
        [typeof(AstroRole)] = ["Id", "Name", "Kind", "Scope", "Description"],
        [typeof(AstroSavedSession)] = ["Name", "Domain", "User", "LastUsedOn", "IsProtected"],
        [typeof(AstroTokenAuditSummary)] = ["AuditedOn", "Tokens", "TokensWithFindings", "Errors", "Warnings", "Information"],
        [typeof(AstroTokenFinding)] = ["Severity", "RuleId", "Name", "Message", "Remedy"],
        [typeof(AstroTokenInfo)] = ["Kind", "Scope", "TokenId", "Subject", "ExpiresOn", "DaysLeft"],
        [typeof(AstroTokenRotation)] = ["Name", "Status", "Strategy", "OldId", "NewId", "ExpiresOn", "Reason"],
        [typeof(AstroWorkspace)] = ["Id", "Name", "Description", "IsCiCdEnforcedByDefault"],
    };

    internal static TypeData[] All()
    {
        var all = new List<TypeData>(Properties.Count);
        foreach (var type in Properties)
            all.Add(new TypeData(type.Key) { DefaultDisplayPropertySet = new PropertySetData(type.Value) });
        return [.. all];
    }
}
