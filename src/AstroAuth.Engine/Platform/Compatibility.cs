using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Platform;

/// <summary>What .NET 8 has and .NET Framework 4.7.2 has under another name.</summary>
internal static class Compatibility
{
    internal static Task<byte[]> ReadBytesAsync(this HttpContent content, CancellationToken cancellationToken)
    {
#if NET
        return content.ReadAsByteArrayAsync(cancellationToken);
#else
        // The read itself takes no token; who gives up leaves it to end with the response.
        return content.ReadAsByteArrayAsync().WaitAsync(cancellationToken);
#endif
    }

    /// <summary>Waits by a clock that need not be the system's.</summary>
    internal static Task PauseAsync(this TimeProvider clock, TimeSpan time, CancellationToken cancellationToken)
    {
#if NET
        return Task.Delay(time, clock, cancellationToken);
#else
        return clock.Delay(time, cancellationToken);
#endif
    }

    internal static async Task<int> ReadSomeAsync(this Stream stream, byte[] buffer, int offset)
    {
#if NET
        return await stream.ReadAsync(buffer.AsMemory(offset)).ConfigureAwait(false);
#else
        return await stream.ReadAsync(buffer, offset, buffer.Length - offset).ConfigureAwait(false);
#endif
    }

    internal static async Task WriteAllAsync(this Stream stream, byte[] bytes)
    {
#if NET
        await stream.WriteAsync(bytes.AsMemory()).ConfigureAwait(false);
#else
        await stream.WriteAsync(bytes, 0, bytes.Length).ConfigureAwait(false);
#endif
    }

    internal static void SetItem<T>(this HttpRequestMessage request, string key, T value)
    {
#if NET
        request.Options.Set(new HttpRequestOptionsKey<T>(key), value);
#else
        request.Properties[key] = value;
#endif
    }

    internal static T? GetItem<T>(this HttpRequestMessage request, string key)
    {
#if NET
        return request.Options.TryGetValue(new HttpRequestOptionsKey<T>(key), out var value) ? value : default;
#else
        return request.Properties.TryGetValue(key, out var value) ? (T?)value : default;
#endif
    }

#if !NET
    /// <summary>Waits for a shared task without tying its life to this caller's token.</summary>
    internal static async Task<T> WaitAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken)))
        {
            return await (await Task.WhenAny(task, cancelled.Task)).ConfigureAwait(false);
        }
    }
#endif
}
