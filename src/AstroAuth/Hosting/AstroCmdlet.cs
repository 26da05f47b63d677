using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Session;

namespace AstroAuth.Hosting;

/// <summary>What every cmdlet of the module has: a way to be stopped, the pump, and one form of error.</summary>
public abstract class AstroCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    internal SessionConnections Connections { get; private set; } = null!;

    internal static IAstroEngine Engine => EngineHost.Engine;

    internal CancellationToken StopToken => _stop.Token;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        DebugPreference.ShowOnly(this);
        Connections = SessionConnections.OfCurrentRunspace();
    }

    /// <summary>Does the work of one input object; failures of the module become errors of PowerShell.</summary>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc />
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>The cmdlet's own work for one input object.</summary>
    protected abstract void Process();

    /// <summary>Runs asynchronous work; its reports and results arrive on the pipeline thread.</summary>
    internal void Run(Func<Pump, IAstroSink, CancellationToken, Task> work)
    {
        using var pump = new Pump(_stop.Token);
        pump.Run(token => work(pump, new PumpSink(pump, this), token));
    }

    /// <summary>Runs a function and turns the module's failures into errors of PowerShell.</summary>
    internal void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (AstroException e)
        {
            if (e.IsFatal())
                ThrowTerminatingError(e.ToErrorRecord());
            WriteError(e.ToErrorRecord());
        }
    }

    /// <summary>Writes results, each on its own, with their views at hand.</summary>
    internal void WriteAll<T>(IEnumerable<T> results)
    {
        Views.EnsureFormats(Connections);
        foreach (var result in results)
            Remember(result);
        WriteObject(results, enumerateCollection: true);
    }

    /// <summary>Remembers for completion what is shown or was changed; on the pipeline thread.</summary>
    internal virtual void Remember(object? shown) => Connections.Seen.Note(shown);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }
}
