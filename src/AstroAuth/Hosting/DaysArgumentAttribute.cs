using System;
using System.Globalization;
using System.Management.Automation;

namespace AstroAuth.Hosting;

/// <summary>
/// Takes a bare number for days. PowerShell would take it for ticks, so that 30 would silently mean three microseconds.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DaysArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var span = value switch
        {
            TimeSpan given => given,
            // Every type of number, also the [byte] or [uint32] of a script's own parameter.
            not null when Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal => TimeSpan.FromDays(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            // PowerShell hands over a negative number as it was typed.
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => (TimeSpan?)null,
        };
        if (span < TimeSpan.Zero)
            throw new ArgumentTransformationMetadataException(Strings.NegativeTimeSpan);
        return span ?? inputData;
    }
}
