using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>Takes the one answer of one login at the callback's port; everything else that comes there is turned away.</summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int LongestHead = 32 * 1024;
    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(10);

    private readonly Uri _redirect;
    private readonly List<TcpListener> _listeners = [];
    private readonly TaskCompletionSource<Uri> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _answered;

    private LoopbackListener(Uri redirect) => _redirect = redirect;

    /// <summary>Takes the port on every loopback address there is, so that nobody else can answer there.</summary>
    /// <exception cref="AstroException">CallbackPortInUse.</exception>
    internal static LoopbackListener Bind(Uri redirect)
    {
        var listener = new LoopbackListener(redirect);
        try
        {
            listener.Add(IPAddress.Loopback);
            if (Socket.OSSupportsIPv6)
                listener.Add(IPAddress.IPv6Loopback);
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw new AstroException(
                nameof(Strings.CallbackPortInUse),
                Strings.Format(Strings.CallbackPortInUse, redirect.Port, PortOwner.Describe(redirect.Port)),
                AstroErrorCategory.ResourceUnavailable,
                redirect.Port);
        }
    }

    /// <summary>Waits for the browser to come back with this state.</summary>
    internal async Task<Uri> WaitAsync(string state, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.Register(() => _answer.TrySetCanceled(cancellationToken));
        foreach (var listener in _listeners)
            _ = AcceptAllAsync(listener, state, cancellationToken);
        return await _answer.Task.ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var listener in _listeners)
            listener.Stop();
    }

    private void Add(IPAddress address)
    {
        var listener = new TcpListener(address, _redirect.Port);
        // On Windows another program could otherwise take the same port besides.
        if (Environment.OSVersion.Platform == PlatformID.Win32NT)
            listener.ExclusiveAddressUse = true;
        try
        {
            listener.Start();
            _listeners.Add(listener);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // No such loopback address on this machine: nobody can be reached there either.
        }
    }

    private async Task AcceptAllAsync(TcpListener listener, string state, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && !_answer.Task.IsCompleted)
            {
                // Each by itself: browsers open connections they may never use.
                var client = await AcceptAsync(listener).ConfigureAwait(false);
                _ = ServeAsync(client, state, cancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener has been stopped: the login is over.
        }
    }

    // Stopping the listener ends the wait, on every framework.
    private static Task<TcpClient> AcceptAsync(TcpListener listener) => listener.AcceptTcpClientAsync();

    private async Task ServeAsync(TcpClient client, string state, CancellationToken cancellationToken)
    {
        using (client)
        using (var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        using (time.Token.Register(client.Dispose))
        {
            time.CancelAfter(HeadTime);
            try
            {
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream).ConfigureAwait(false);
                if (head is null)
                    return;
                var answer = CallbackRequest.TryRead(head, _redirect, state);
                var isFirst = answer is not null && Interlocked.Exchange(ref _answered, 1) == 0;
                var page = !isFirst ? CallbackPage.NotFound()
                    : CallbackRequest.ReadQuery(answer!)!.TryGetValue("error", out var error) ? CallbackPage.Failure(error)
                    : CallbackPage.Success();
                try
                {
                    await stream.WriteAllAsync(page).ConfigureAwait(false);
                    client.Client.Shutdown(SocketShutdown.Send);
                }
                finally
                {
                    if (isFirst)
                        _answer.TrySetResult(answer!);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // A browser that goes away is no failure of the login.
            }
        }
    }

    private static async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var buffer = new byte[LongestHead];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadSomeAsync(buffer, length).ConfigureAwait(false);
            if (read == 0)
                return null;
            length += read;
            var text = Encoding.ASCII.GetString(buffer, 0, length);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
                return text.Substring(0, end);
        }

        return null;
    }
}
