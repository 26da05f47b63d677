using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Threading;
using AstroAuth.Hosting;

namespace AstroAuth.Vaults;

/// <summary>
/// Calls the cmdlets of Microsoft.PowerShell.SecretManagement, which is not referenced: found by name when it is needed,
/// on the pipeline thread, one call at a time in the whole process, every switch said explicitly.
/// </summary>
internal sealed class SecretManagement
{
    internal const string Module = "Microsoft.PowerShell.SecretManagement";
    private const int BusyTries = 20;

    // SecretManagement runs all vaults of a process in one runspace and fails, or ends the process, when two calls meet.
    private static readonly object VaultLock = new();

    private readonly AstroCmdlet _cmdlet;

    internal SecretManagement(AstroCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>Keeps other callers out while several calls belong together.</summary>
    /// <exception cref="OperationCanceledException">The cmdlet was stopped while it waited.</exception>
    internal IDisposable Enter()
    {
        while (!Monitor.TryEnter(VaultLock, TimeSpan.FromMilliseconds(50)))
            _cmdlet.StopToken.ThrowIfCancellationRequested();
        return new Exit();
    }

    /// <summary>Keeps other callers out, unless there is one already: then null.</summary>
    internal static IDisposable? TryEnter() => Monitor.TryEnter(VaultLock) ? new Exit() : null;

    /// <summary>Calls one cmdlet about one secret.</summary>
    /// <exception cref="AstroVaultException">It failed; classified, and without the vault's own error record, which may hold the secret.</exception>
    internal Collection<PSObject> Call(VaultCall call)
    {
        var cmdlet = _cmdlet.InvokeCommand.GetCommand($@"{Module}\{call.Cmdlet}", CommandTypes.Cmdlet) as CmdletInfo
            ?? throw new AstroVaultException(nameof(Strings.SecretManagementNotInstalled), Strings.SecretManagementNotInstalled, AstroErrorCategory.NotInstalled, Module);

        using (Enter())
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return Invoke(cmdlet, call);
                }
                catch (AstroVaultException e) when (e.ErrorId == nameof(Strings.VaultBusy) && attempt < BusyTries)
                {
                    // Somebody outside this lock is at it; the lock is the cure for our own callers only.
                    _cmdlet.StopToken.WaitHandle.WaitOne(2 + (attempt * 7 % 13));
                }
            }
        }
    }

    private Collection<PSObject> Invoke(CmdletInfo cmdlet, VaultCall call)
    {
        var errors = _cmdlet.SessionState.PSVariable.GetValue("global:Error") as ArrayList;
        var known = errors is { Count: > 0 } ? errors[0] : null;
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            shell.AddCommand(cmdlet);
            foreach (var parameter in call.Parameters)
                shell.AddParameter(parameter.Key, parameter.Value);
            shell.AddParameter("ErrorAction", ActionPreference.Stop);
            shell.AddParameter("Verbose", false);
            shell.AddParameter("Debug", false);
            if (call.IsWrite)
            {
                shell.AddParameter("WhatIf", false);
                shell.AddParameter("Confirm", false);
            }

            var results = shell.Invoke();

            // Ctrl+C ends a nested call without an exception and without results, which must not pass for "nothing there".
            return shell.InvocationStateInfo.State == PSInvocationState.Completed
                ? results
                : throw new AstroVaultException(nameof(Strings.VaultStopped), Strings.Format(Strings.VaultStopped, call.Vault, call.Verb, call.Secret), AstroErrorCategory.InvalidOperation, call.Secret);
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException e)
        {
            throw VaultErrors.Classify(e, call, ListVaults);
        }
        finally
        {
            Forget(errors, known);
        }
    }

    private string ListVaults()
    {
        var names = new List<string>();
        foreach (var vault in Call(new VaultCall("Get-SecretVault", "", "", "list")))
            names.Add((string)vault.Properties["Name"].Value);
        return names.Count == 0 ? "none" : string.Join(", ", names);
    }

    // What the failed call left in $Error can hold the secret in its target.
    private static void Forget(ArrayList? errors, object? known)
    {
        while (errors is { Count: > 0 } && !ReferenceEquals(errors[0], known))
            errors.RemoveAt(0);
    }

    private sealed class Exit : IDisposable
    {
        public void Dispose() => Monitor.Exit(VaultLock);
    }
}
