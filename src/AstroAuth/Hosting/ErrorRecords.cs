using System;
using System.Management.Automation;

namespace AstroAuth.Hosting;

/// <summary>From the module's failures to PowerShell's error records.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord ToErrorRecord(this AstroException e) =>
        new(e, e.ErrorId, Enum.TryParse<ErrorCategory>(e.Category.ToString(), out var category) ? category : ErrorCategory.NotSpecified, e.Target);

    /// <summary>Whether every further item would fail the same way, so that going on has no meaning.</summary>
    internal static bool IsFatal(this AstroException e) => e is AstroCredentialException or AstroNetworkException
        or AstroApiException { StatusCode: 401 }
        || e.Category == AstroErrorCategory.SecurityError
        || e.ErrorId is nameof(Strings.NoCredential) or "OrganizationRequired" or "NoOrganization";
}
