using System.Management.Automation;
using System.Reflection;

namespace AstroAuth.Hosting;

/// <summary>
/// Keeps -Debug from asking. With it PowerShell asks at each warning and each line of -Verbose, and Windows PowerShell at each
/// line of -Debug too; where nobody can answer, that ends the work in its middle, a rotation's as well.
/// </summary>
internal static class DebugPreference
{
    /// <summary>Lets -Debug show its lines, those of -Verbose and warnings, and go on; what is said by -Verbose:$false and -WarningAction holds.</summary>
    internal static void ShowOnly(PSCmdlet cmdlet)
    {
        var bound = cmdlet.MyInvocation.BoundParameters;
        if (!bound.TryGetValue("Debug", out var debug) || debug is not SwitchParameter { IsPresent: true })
            return;
        Set(cmdlet, "DebugPreference", ActionPreference.Continue);
        if (!bound.ContainsKey("WarningAction"))
            Set(cmdlet, "WarningPreference", ActionPreference.Continue);
        // What it would ask about it shows as well.
        if (!bound.ContainsKey("Verbose"))
            Set(cmdlet, "Verbose", true);
    }

    // PowerShell shows no other way to a cmdlet. Where it has no such property, it asks as it does by itself.
    private static void Set(PSCmdlet cmdlet, string name, object value)
    {
        var property = cmdlet.CommandRuntime.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic);
        if (property is { CanWrite: true } && property.PropertyType == value.GetType())
            property.SetValue(cmdlet.CommandRuntime, value);
    }
}
