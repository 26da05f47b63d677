using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace AstroAuth.Engine.Audit.Report;

/// <summary>Everything, for programs: what was looked for, the tokens and the findings.</summary>
internal static class JsonReport
{
    internal static void Write(AstroTokenReport report, IReadOnlyDictionary<string, AstroAuditRule> rules, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("organization", report.Organization);
        json.WriteString("domain", report.Domain);
        json.WriteString("auditedOn", report.Summary.AuditedOn.UtcDateTime);
        WriteLimits(json, report.Options);
        WriteSummary(json, report.Summary, rules);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
            WriteFinding(json, finding);
        json.WriteEndArray();
        json.WriteStartArray("tokens");
        foreach (var item in ReportToken.Of(report))
            WriteToken(json, item);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, AstroAuditOptions options)
    {
        json.WriteStartObject("limitsInDays");
        json.WriteNumber("expiringWithin", options.ExpiringWithin.TotalDays);
        json.WriteNumber("maximumPeriod", options.MaximumPeriodInDays);
        json.WriteNumber("notRotatedFor", options.NotRotatedFor.TotalDays);
        json.WriteNumber("neverUsedFor", options.NeverUsedFor.TotalDays);
        json.WriteNumber("unusedFor", options.UnusedFor.TotalDays);
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, AstroTokenAuditSummary summary, IReadOnlyDictionary<string, AstroAuditRule> rules)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("tokens", summary.Tokens);
        json.WriteNumber("tokensWithFindings", summary.TokensWithFindings);
        json.WriteNumber("errors", summary.Errors);
        json.WriteNumber("warnings", summary.Warnings);
        json.WriteNumber("information", summary.Information);
        json.WriteStartArray("rules");
        foreach (var count in summary.Rules)
        {
            var rule = rules[count.RuleId];
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("severity", rule.Severity.ToString());
            json.WriteString("title", rule.Title);
            json.WriteString("reason", rule.Reason);
            json.WriteString("remedy", rule.Remedy);
            json.WriteNumber("findings", count.Findings);
            json.WriteBoolean("notChecked", count.NotChecked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, AstroTokenFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("tokenId", finding.Id);
        json.WriteString("tokenName", finding.Name);
        json.WriteString("ruleId", finding.RuleId);
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteString("message", finding.Message);
        json.WriteString("remedy", finding.Remedy);
        json.WriteBoolean("notChecked", finding.NotChecked);
        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, ReportToken item)
    {
        var token = item.Token;
        json.WriteStartObject();
        json.WriteString("id", token.Id);
        json.WriteString("name", token.Name);
        json.WriteString("description", token.Description);
        json.WriteString("scope", token.Scope);
        json.WriteString("kind", token.Kind);
        json.WriteStartArray("roles");
        foreach (var role in token.Roles)
        {
            json.WriteStartObject();
            json.WriteString("entityType", role.EntityType);
            json.WriteString("entityId", role.EntityId);
            json.WriteString("role", role.Role);
            if (role.DeploymentId is { } deployment)
                json.WriteString("deploymentId", deployment);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTime(json, "startsOn", token.StartsOn);
        WriteTime(json, "expiresOn", token.ExpiresOn);
        WriteNumber(json, "daysLeft", token.DaysLeft);
        WriteNumber(json, "expiryPeriodInDays", token.ExpiryPeriodInDays);
        WriteTime(json, "lastUsedOn", token.LastUsedOn);
        WriteTime(json, "lastRotatedOn", token.LastRotatedOn);
        WriteTime(json, "createdOn", token.CreatedOn);
        json.WriteString("createdBy", token.CreatedBy?.ToString());
        json.WriteString("shortToken", token.ShortToken);
        json.WriteString("organizationId", token.OrganizationId);
        json.WriteString("worst", item.Worst?.ToString());
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
            json.WriteString(name, value.UtcDateTime);
        else
            json.WriteNull(name);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
