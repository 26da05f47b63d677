using System.Management.Automation;

namespace AstroAuth.Benchmarks;

/// <summary>The least a compiled cmdlet can do.</summary>
[Cmdlet(VerbsCommon.Get, "BenchConstant")]
[OutputType(typeof(object))]
public sealed class GetBenchConstantCommand : PSCmdlet
{
    private static readonly object Constant = new();

    /// <inheritdoc />
    protected override void ProcessRecord() => WriteObject(Constant);
}
