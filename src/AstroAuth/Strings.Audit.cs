namespace AstroAuth;

/// <summary>The sentences about audits and reports.</summary>
internal static partial class Strings
{
    internal const string AuditRuleNotFound = "There is no audit rule '{0}'. There are: {1}";
    internal const string AuditFailed = "The audit of {0} found {1} and {2}: {3}. The findings say what to do.";
    internal const string ReportFormatUnknown = "A report is written as .html, .json or .csv; '{0}' is none of them.";
    internal const string ReportExists = "'{0}' is there already and -NoClobber keeps it. Give another name, or leave -NoClobber out.";
    internal const string ReportNotWritten = "The report '{0}' could not be written: {1} What was there before is still there.";
    internal const string NegativeTimeSpan = "A time span here is zero or more: 30.00:00 is 30 days, and a bare number means days.";
}
