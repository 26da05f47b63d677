using System.Management.Automation;

namespace AstroAuth.Hosting;

/// <summary>Brings what the engine reports to the cmdlet's streams.</summary>
internal sealed class PumpSink : IAstroSink
{
    private readonly Pump _pump;
    private readonly Cmdlet _cmdlet;

    internal PumpSink(Pump pump, Cmdlet cmdlet)
    {
        _pump = pump;
        _cmdlet = cmdlet;
    }

    /// <inheritdoc />
    public void Verbose(string text) => _pump.Post(() => _cmdlet.WriteVerbose(text));

    /// <inheritdoc />
    public void Debug(string text) => _pump.Post(() => _cmdlet.WriteDebug(text));

    /// <inheritdoc />
    public void Warning(string text) => _pump.Post(() => _cmdlet.WriteWarning(text));
}
