using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>A vault in use by one cmdlet: calls its functions and reports their failures as the real module does.</summary>
internal sealed class ExtensionVault
{
    private readonly SecretCmdlet _cmdlet;

    public ExtensionVault(Registration registration, SecretCmdlet cmdlet)
    {
        Registration = registration;
        _cmdlet = cmdlet;
    }

    public Registration Registration { get; }

    private string Name => Registration.Name;

    /// <summary>The secret as stored, or null after an error or when there is none.</summary>
    /// <exception cref="PasswordRequiredException">The vault is locked.</exception>
    public object? GetSecret(string name)
    {
        VaultAnswer answer = Call("Get-Secret", $"Unable to get secret {name} from vault {Name}", "GetSecretInvalidOperation", ("Name", name));
        if (answer.Failure is not null || answer.Output.Count == 0)
            return null;

        object? secret = SecretValue.FromOutput(answer.Output);
        if (secret is null or byte[] or string or SecureString or PSCredential or Hashtable)
            return secret;
        WriteFailure("GetSecretInvalidOperation", $"The secret {name} in vault {Name} is of invalid type '{secret.GetType()}'.", null);
        return null;
    }

    /// <summary>What the vault lists for a filter, by name; nothing at all when it names one twice.</summary>
    public IReadOnlyList<SecretInformation> GetInformation(string filter)
    {
        VaultAnswer answer = Call(
            "Get-SecretInfo", $"Unable to get secret information from vault {Name}", "GetSecretInfoInvalidOperation", ("Filter", filter));
        SortedDictionary<string, SecretInformation> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (SecretInformation one in answer.Output.OfType<SecretInformation>())
            found.Add(one.Name, one);
        return found.Values.ToArray();
    }

    /// <summary>False after an error.</summary>
    public bool SetSecret(string name, object secret, Hashtable? metadata)
    {
        List<(string Name, object Value)> arguments = new() { ("Name", name), ("Secret", secret) };
        if (metadata is not null && Registration.TakesMetadata)
            arguments.Add(("Metadata", metadata));
        VaultAnswer answer = Call(
            "Set-Secret", $"Unable to add secret {name} to vault {Name}", "SetSecretInvalidOperation", arguments.ToArray());
        return answer.Failure is null;
    }

    /// <summary>False after an error.</summary>
    public bool SetInformation(string name, Hashtable metadata)
    {
        VaultAnswer answer = Answer("Set-SecretInfo", ("Name", name), ("Metadata", metadata));
        if (answer.UnknownCommand)
        {
            _cmdlet.WriteError(new ErrorRecord(
                new PSNotSupportedException($"Vault {Name} does not support secret metadata."),
                "SetSecretMetadataCommandNotSupported",
                ErrorCategory.NotImplemented,
                _cmdlet));
            return false;
        }

        if (answer.ModuleMissing)
            WriteFailure("SetSecretMetaDataCommandModuleLoadFail", $"The module of vault {Name} could not be loaded.", null);
        else if (answer.Failure is not null)
            WriteFailure("SetSecretMetadataInvalidOperation", $"Unable to set metadata of secret {name} in vault {Name}", answer.Failure);
        return answer.Failure is null && !answer.ModuleMissing;
    }

    public bool RemoveSecret(string name) =>
        Call("Remove-Secret", $"Unable to remove secret {name} from vault {Name}", "RemoveSecretInvalidOperation", ("Name", name)).Failure is null;

    public bool Test()
    {
        VaultAnswer answer = Call("Test-SecretVault", $"Unable to run Test-SecretVault on vault {Name}", "TestSecretVaultInvalidOperation");
        return answer.Failure is null && answer.Output.Count > 0 && answer.Output[answer.Output.Count - 1] is true;
    }

    public void Unlock(SecureString password)
    {
        VaultAnswer answer = Answer("Unlock-SecretVault", ("Password", password));
        if (answer.UnknownCommand)
            _cmdlet.WriteWarning($"Vault {Name} cannot be unlocked: its module has no Unlock-SecretVault.");
        else if (answer.Failure is not null)
            WriteFailure("UnlockSecretVaultInvalidOperation", $"Unable to unlock vault {Name}", answer.Failure);
    }

    /// <summary>Lets the vault clean up behind itself; most have nothing to.</summary>
    public void Unregister()
    {
        VaultAnswer answer = Answer("Unregister-SecretVault");
        if (answer.Failure is not null && !answer.UnknownCommand)
            WriteFailure("UnregisterSecretVaultInvalidOperation", $"Vault {Name} failed to unregister", answer.Failure);
    }

    public void WriteFailure(string id, string message, Exception? cause) =>
        _cmdlet.WriteError(new ErrorRecord(new PSInvalidOperationException(message, cause), id, ErrorCategory.InvalidOperation, this));

    private VaultAnswer Call(string command, string failure, string failureId, params (string Name, object Value)[] arguments)
    {
        VaultAnswer answer = Answer(command, arguments);
        if (answer.Failure is not null)
            WriteFailure(failureId, failure, answer.Failure);
        return answer;
    }

    private VaultAnswer Answer(string command, params (string Name, object Value)[] arguments)
    {
        Hashtable additional = new(Registration.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.OrdinalIgnoreCase)
        {
            ["Verbose"] = _cmdlet.MyInvocation.BoundParameters.TryGetValue("Verbose", out object? verbose) && verbose is SwitchParameter { IsPresent: true },
        };
        Hashtable all = new() { ["VaultName"] = Name, ["AdditionalParameters"] = additional };
        foreach ((string name, object value) in arguments)
            all[name] = value;

        VaultAnswer answer;
        try
        {
            answer = VaultRunspace.Call(Registration, command, all);
        }
        catch (PSInvalidOperationException busy)
        {
            return new VaultAnswer(busy);
        }

        answer.WriteStreams(_cmdlet, optional: command is "Set-SecretInfo" or "Unlock-SecretVault" or "Unregister-SecretVault");
        return answer.Locked is { } locked ? throw locked : answer;
    }
}
