using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace AstroAuth.Commands.Diagnostic;

/// <summary>The module's errors in <c>$Error</c>, the newest first.</summary>
internal static class ErrorHistory
{
    private const int Most = 20;

    internal static IReadOnlyList<AstroDiagnosticError> List(PSCmdlet cmdlet)
    {
        var found = new List<AstroDiagnosticError>();
        // One failure can be there twice: as it was written, and as what -ErrorAction Stop made of it.
        var seen = new HashSet<Exception>();
        foreach (var entry in cmdlet.SessionState.PSVariable.GetValue("global:Error") as ArrayList ?? [])
        {
            var record = entry as ErrorRecord ?? (entry as IContainsErrorRecord)?.ErrorRecord;
            if (record?.Exception is null || found.Count == Most || Describe(record, seen) is not { } error)
                continue;
            found.Add(error);
        }

        return found;
    }

    private static AstroDiagnosticError? Describe(ErrorRecord record, HashSet<Exception> seen)
    {
        var id = record.FullyQualifiedErrorId ?? "";
        var comma = id.IndexOf(',');
        var command = record.InvocationInfo?.MyCommand?.Name;
        if (Find(record.Exception) is { } own)
        {
            return seen.Add(own) ? new AstroDiagnosticError
            {
                ErrorId = own.ErrorId,
                Message = Redaction.Clean(own.Message),
                Command = command,
                OccurredOn = own.OccurredOn,
                RequestId = (own as AstroApiException)?.RequestId,
            } : null;
        }

        // PowerShell's own about a parameter of ours.
        return comma > 0 && id.IndexOf(",AstroAuth.", comma, StringComparison.Ordinal) == comma && seen.Add(record.Exception)
            ? new AstroDiagnosticError { ErrorId = id.Substring(0, comma), Command = command }
            : null;
    }

    private static AstroException? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is AstroException own)
                return own;
            if (exception is ActionPreferenceStopException { ErrorRecord.Exception: AstroException stopped })
                return stopped;
        }

        return null;
    }
}
