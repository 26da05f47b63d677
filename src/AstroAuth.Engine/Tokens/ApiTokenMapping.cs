using System;
using System.Collections.Generic;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>From Astro's words for a token to the module's.</summary>
internal static class ApiTokenMapping
{
    internal static AstroApiToken ToModel(this ApiTokenAnswer answer, string organizationId, DateTimeOffset now) =>
        Fill(new AstroApiToken(), answer, organizationId, now);

    internal static AstroIssuedApiToken ToIssued(this ApiTokenAnswer answer, string organizationId, DateTimeOffset now)
    {
        var issued = Fill(new AstroIssuedApiToken(), answer, organizationId, now);
        issued.Token = SecureStrings.Conceal(answer.Token ?? "");
        return issued;
    }

    internal static AstroTokenRole ToModel(this ApiTokenRoleAnswer answer) =>
        new() { EntityType = answer.EntityType ?? "", EntityId = answer.EntityId ?? "", Role = answer.Role ?? "", DeploymentId = answer.DeploymentId };

    /// <summary>What a vault is told about the value it keeps: text and a UTC DateTime, which every vault takes.</summary>
    internal static Dictionary<string, object> ToMetadata(this AstroIssuedApiToken issued)
    {
        var metadata = new Dictionary<string, object>
        {
            ["AstroTokenId"] = issued.Id,
            ["AstroTokenName"] = issued.Name,
            ["AstroOrganizationId"] = issued.OrganizationId,
        };
        if (issued.ExpiresOn is { } end)
            metadata["Expires"] = end.UtcDateTime;
        return metadata;
    }

    private static T Fill<T>(T token, ApiTokenAnswer answer, string organizationId, DateTimeOffset now)
        where T : AstroApiToken
    {
        // A null that Astro says is like what it leaves out.
        token.Id = answer.Id ?? "";
        token.Name = answer.Name ?? "";
        token.Description = answer.Description ?? "";
        token.Scope = answer.Scope ?? "";
        token.Kind = answer.Kind ?? "STANDARD";
        token.ShortToken = answer.ShortToken ?? "";
        token.StartsOn = answer.StartAt;
        token.ExpiresOn = answer.EndAt;
        token.DaysLeft = answer.EndAt is { } end ? Days.Left(end, now) : null;
        token.ExpiryPeriodInDays = answer.ExpiryPeriodInDays;
        token.LastUsedOn = answer.LastUsedAt;
        token.LastRotatedOn = answer.LastRotatedAt;
        token.CreatedOn = answer.CreatedAt;
        token.UpdatedOn = answer.UpdatedAt;
        token.CreatedBy = ToModel(answer.CreatedBy);
        token.UpdatedBy = ToModel(answer.UpdatedBy);
        token.OrganizationId = organizationId;
        token.Roles = ToModels(answer.Roles);
        token.DeploymentId = answer.Scope == "DEPLOYMENT" ? answer.Roles?.Find(r => r.EntityType == "DEPLOYMENT")?.EntityId : null;
        return token;
    }

    private static AstroTokenRoleList ToModels(List<ApiTokenRoleAnswer>? answers)
    {
        if (answers is null || answers.Count == 0)
            return AstroTokenRoleList.Empty;
        var roles = new AstroTokenRole[answers.Count];
        for (var i = 0; i < roles.Length; i++)
            roles[i] = answers[i].ToModel();

        return new AstroTokenRoleList(roles);
    }

    internal static AstroSubject? ToModel(SubjectAnswer? answer) => answer is null ? null : new AstroSubject
    {
        Id = answer.Id,
        SubjectType = answer.SubjectType,
        Username = answer.Username,
        FullName = answer.FullName,
        ApiTokenName = answer.ApiTokenName,
    };
}
