using System.Linq;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Resources;

/// <summary>From Astro's words for organizations and workspaces to the module's.</summary>
internal static class PlaceMapping
{
    internal static AstroOrganization ToModel(this OrganizationAnswer answer) => new()
    {
        Id = answer.Id,
        Name = answer.Name,
        Product = answer.Product,
        Plan = answer.ProductPlans?.Select(p => p.ProductPlanName).FirstOrDefault(n => !string.IsNullOrEmpty(n)),
        Status = answer.Status,
        BillingEmail = answer.BillingEmail,
        IsScimEnabled = answer.IsScimEnabled,
        AllowEnhancedSupportAccess = answer.AllowEnhancedSupportAccess,
        HasAllowedIpAddressRanges = answer.HasAllowedIpAddressRanges,
        ShouldEnforceDedicatedClusters = answer.ShouldEnforceDedicatedClusters,
        TrialExpiresOn = answer.TrialExpiresAt,
        CreatedOn = answer.CreatedAt,
        CreatedBy = ApiTokenMapping.ToModel(answer.CreatedBy),
        UpdatedOn = answer.UpdatedAt,
        UpdatedBy = ApiTokenMapping.ToModel(answer.UpdatedBy),
    };

    internal static AstroWorkspace ToModel(this WorkspaceAnswer answer) => new()
    {
        Id = answer.Id,
        Name = answer.Name,
        Description = answer.Description ?? "",
        IsCiCdEnforcedByDefault = answer.CicdEnforcedDefault,
        DefaultClusterId = answer.DefaultClusterId,
        DefaultCloudProvider = answer.DefaultCloudProvider,
        DefaultRegion = answer.DefaultRegion,
        OrganizationId = answer.OrganizationId,
        OrganizationName = answer.OrganizationName,
        CreatedOn = answer.CreatedAt,
        CreatedBy = ApiTokenMapping.ToModel(answer.CreatedBy),
        UpdatedOn = answer.UpdatedAt,
        UpdatedBy = ApiTokenMapping.ToModel(answer.UpdatedBy),
    };
}
