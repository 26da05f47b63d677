namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>Sizes as Astro writes them: vCPU as a number, memory in Gi.</summary>
internal static class Quantity
{
    public static decimal? Cpu(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static decimal? Memory(string text) => text.EndsWith("Gi", StringComparison.Ordinal) ? Cpu(text[..^2]) : null;
}
