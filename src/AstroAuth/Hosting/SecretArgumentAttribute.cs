using System;
using System.Management.Automation;

namespace AstroAuth.Hosting;

/// <summary>
/// Meets plain text where a SecureString belongs without repeating it: PowerShell's own error would keep the text in
/// <c>$Error</c>, as message or as target.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Take the text as the secret instead of refusing it. For a parameter that takes pipeline input, where a refusal
    /// would have the text as its target.
    /// </summary>
    public bool AcceptsText { get; set; }

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string text)
            return inputData;
        return AcceptsText
            ? SecureStrings.Conceal(text)
            : throw new ArgumentTransformationMetadataException(Strings.PlainTextSecret);
    }
}
