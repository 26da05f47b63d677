using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth.Hosting;

/// <summary>Runs work on the thread pool and what it has to say to PowerShell on the pipeline thread.</summary>
internal sealed class Pump : IDisposable
{
    private readonly BlockingCollection<Action<bool>> _actions = [];
    private readonly CancellationTokenSource _stop;

    internal Pump(CancellationToken cancellationToken) => _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Runs the work and, until it ends, what it posts. Must be called on the pipeline thread.</summary>
    internal void Run(Func<CancellationToken, Task> work)
    {
        var task = Task.Run(
            async () =>
            {
                try
                {
                    await work(_stop.Token);
                }
                finally
                {
                    _actions.CompleteAdding();
                }
            },
            CancellationToken.None);
        Exception? stopped = null;
        foreach (var action in _actions.GetConsumingEnumerable(CancellationToken.None))
        {
            try
            {
                action(stopped is null);
            }
            catch (Exception e) when (stopped is null)
            {
                // The pipeline takes nothing more (Ctrl+C, Select-Object -First, -WarningAction Stop): the work ends first.
                stopped = e;
                _stop.Cancel();
            }
        }

        if (stopped is null)
        {
#pragma warning disable VSTHRD002 // The task has ended: it completes the collection in its last act.
            task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            return;
        }

        // What the work says to its cancellation no longer matters; it is seen so that nobody calls it unobserved.
        _ = task.ContinueWith(static t => t.Exception, TaskScheduler.Default);
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(stopped).Throw();
    }

    /// <summary>Lets the pipeline thread do something, and does not wait for it.</summary>
    internal void Post(Action action) => TryAdd(run =>
    {
        if (run)
            action();
    });

    /// <summary>Lets the pipeline thread do something and waits for its result.</summary>
    /// <param name="function">What to do.</param>
    /// <param name="evenWhenStopped">For what must not be left half done: it runs although the pipeline has been stopped.</param>
    internal Task<T> InvokeAsync<T>(Func<T> function, bool evenWhenStopped = false)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var added = TryAdd(run =>
        {
            if (!run && !evenWhenStopped)
            {
                result.TrySetCanceled();
                return;
            }

            try
            {
                result.TrySetResult(function());
            }
            catch (AstroException e)
            {
                result.TrySetException(e);
            }
            catch
            {
                result.TrySetCanceled();
                if (run)
                    throw;
            }
        });
        if (!added)
            result.TrySetCanceled();
        return result.Task;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Dispose();
        _actions.Dispose();
    }

    // Shared work of the engine may still report to a cmdlet that has ended.
    private bool TryAdd(Action<bool> action)
    {
        try
        {
            _actions.Add(action);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            return false;
        }
    }
}
