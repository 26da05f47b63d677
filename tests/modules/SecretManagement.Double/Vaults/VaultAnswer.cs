using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>What came of one call of a vault's function.</summary>
internal sealed class VaultAnswer
{
    private readonly WarningRecord[] _warnings;
    private readonly InformationRecord[] _information;
    private readonly VerboseRecord[] _verbose;

    public VaultAnswer(Exception failure)
    {
        Output = Array.Empty<object?>();
        Failure = failure;
        Errors = Array.Empty<ErrorRecord>();
        _warnings = Array.Empty<WarningRecord>();
        _information = Array.Empty<InformationRecord>();
        _verbose = Array.Empty<VerboseRecord>();
    }

    public VaultAnswer(IReadOnlyList<object?> output, Exception? failure, PSDataStreams streams)
    {
        Output = output;
        Failure = failure;
        Errors = streams.Error.ToArray();
        _warnings = streams.Warning.ToArray();
        _information = streams.Information.ToArray();
        _verbose = streams.Verbose.ToArray();
    }

    public IReadOnlyList<object?> Output { get; }

    public Exception? Failure { get; }

    public IReadOnlyList<ErrorRecord> Errors { get; }

    /// <summary>The vault said that it is locked, in the one way that callers can tell.</summary>
    public PasswordRequiredException? Locked
    {
        get
        {
            for (Exception? error = Failure; error is not null; error = error.InnerException)
            {
                if (error is PasswordRequiredException locked)
                    return locked;
            }

            return null;
        }
    }

    /// <summary>The vault does not have the function, or the function hit something it does not know: there is no telling.</summary>
    public bool UnknownCommand => Failure is CommandNotFoundException || Errors.Any(error => error.Exception is CommandNotFoundException);

    public bool ModuleMissing => Errors.Any(error => error.FullyQualifiedErrorId.StartsWith("Modules_Module", StringComparison.Ordinal));

    /// <summary>Lets the caller hear what the vault said; that it lacks an optional function goes without saying.</summary>
    public void WriteStreams(Cmdlet cmdlet, bool optional)
    {
        foreach (VerboseRecord record in _verbose)
            cmdlet.WriteVerbose(record.Message);
        foreach (WarningRecord record in _warnings)
            cmdlet.WriteWarning(record.Message);
        foreach (InformationRecord record in _information)
            cmdlet.WriteInformation(record);
        foreach (ErrorRecord record in Errors.Where(error => !(optional && error.Exception is CommandNotFoundException)))
            cmdlet.WriteError(record);
    }
}
