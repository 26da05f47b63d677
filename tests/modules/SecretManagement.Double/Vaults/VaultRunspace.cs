using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>
/// The one runspace of the process in which all vaults' code runs. It is not thread-safe, on purpose: a second call
/// while one is in progress fails as it does in the real module.
/// </summary>
internal static class VaultRunspace
{
    private const string CallVault = """
        param([string] $Module, [string] $Path, [string] $Command, [hashtable] $Arguments)
        $found = Microsoft.PowerShell.Core\Get-Module -Name $Module
        if (-not $found) { $found = Microsoft.PowerShell.Core\Import-Module -Name $Path -PassThru }
        if ($found) { & $found "$Module.Extension\$Command" @Arguments }
        """;

    private static Runspace? s_runspace;
    private static int s_busy;

    /// <summary>Runs a vault's function; what it wrote to streams is for the caller to pass on.</summary>
    public static VaultAnswer Call(Registration vault, string command, Hashtable arguments)
    {
        if (Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            throw new PSInvalidOperationException(
                "The state of the current PowerShell instance is not valid for this operation: the pipeline is already running.");
        }

        try
        {
            using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
            shell.Runspace = Open();
            shell.AddScript(CallVault, useLocalScope: true)
                .AddArgument(vault.ModuleName)
                .AddArgument(vault.ModulePath)
                .AddArgument(command)
                .AddArgument(arguments);
            List<object?> output = new();
            Exception? failure = null;
            try
            {
                output.AddRange(shell.Invoke().Select(item => item?.BaseObject));
            }
            catch (RuntimeException error) when (error is not PipelineStoppedException)
            {
                failure = error;
            }

            return new VaultAnswer(output, failure, shell.Streams);
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }
    }

    private static Runspace Open()
    {
        if (s_runspace is null)
        {
            s_runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
            s_runspace.Open();
        }

        return s_runspace;
    }
}
