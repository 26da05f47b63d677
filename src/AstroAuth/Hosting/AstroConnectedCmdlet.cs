using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Session;

namespace AstroAuth.Hosting;

/// <summary>A cmdlet that uses a connection: the one named, the default one, or what the environment holds.</summary>
public abstract class AstroConnectedCmdlet : AstroCmdlet
{
    private Task _taken = Task.CompletedTask;

    /// <summary>The connection to use, as an object or by its name; without it the default one, or what the environment holds.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public virtual ConnectionReference? Connection { get; set; }

    /// <summary>The connection in use, once the work has begun.</summary>
    internal AstroConnection Current { get; private set; } = null!;

    /// <summary>The pump of the work under way.</summary>
    internal Pump Pump { get; private set; } = null!;

    /// <inheritdoc />
    protected override void Process()
    {
        Current = Connections.Resolve(Connection);
        if (TryProcess(Current))
            return;
        Run((pump, sink, token) =>
        {
            Pump = pump;
            return ProcessRecordAsync(new AstroCall(Current, sink, token), token);
        });
    }

    /// <summary>Does the work without any wait where that can be done.</summary>
    /// <returns>Whether it is done.</returns>
    internal virtual bool TryProcess(AstroConnection connection) => false;

    /// <summary>The cmdlet's own work.</summary>
    internal abstract Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken);

    /// <summary>Does the work for one of several items; its failure is written and the others go on.</summary>
    internal async Task EachAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (AstroException e) when (!e.IsFatal())
        {
            Report(e);
        }
    }

    /// <summary>Writes an error; the work goes on.</summary>
    internal void Report(AstroException error) => Pump.Post(() => WriteError(error.ToErrorRecord()));

    /// <summary>What the tokens are that the cmdlet gives.</summary>
    internal virtual SeenKind TokenKind => SeenKind.ApiToken;

    /// <inheritdoc />
    internal override void Remember(object? shown) => Connections.Seen.Note(shown, Current, TokenKind);

    /// <summary>Remembers for completion what was changed, and writes it where that is wanted.</summary>
    internal Task GiveAsync<T>(T changed, bool isWanted) => isWanted ? WriteAsync([changed]) : Pump.InvokeAsync(() =>
    {
        Remember(changed);
        return true;
    });

    /// <summary>Forgets for completion what is gone.</summary>
    internal void Forget(SeenKind kind, string id) => Pump.Post(() => Connections.Seen.Forget(kind, id));

    /// <summary>Writes results on the pipeline thread and waits until they are taken.</summary>
    internal Task WriteAsync<T>(IEnumerable<T> results) => Pump.InvokeAsync(() =>
    {
        WriteAll(results);
        return true;
    });

    /// <summary>Writes one of many pages while the next is got ready.</summary>
    internal Task WritePageAsync<T>(IReadOnlyList<T> page) => page.Count == 0 ? Task.CompletedTask : HandOverAsync(() => WriteAll(page));

    /// <summary>Lets the pipeline thread take something, and waits only for what it was handed before.</summary>
    internal async Task HandOverAsync(Action take)
    {
        await _taken;
        _taken = Pump.InvokeAsync(() =>
        {
            take();
            return true;
        });
    }
}
