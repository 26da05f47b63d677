using System.Collections.Concurrent;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Answers with the very bytes a test gives, one a connection; for what the emulator's faults cannot do.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, string> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly bool _hangs;
    private readonly Task _loop;

    public RawServer(Func<string, string> answer, X509Certificate2? certificate = null, bool hangs = false)
    {
        _answer = answer;
        _certificate = certificate;
        _hangs = hangs;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public string Domain => (_certificate is null ? "" : "https://") + "127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => _certificate is null ? $"http://{Domain}/" : Domain + "/";

    /// <summary>The heads of the requests that came.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _loop;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException && _end.IsCancellationRequested)
        {
            // The end of the test, before or after the next wait began.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var stream = await OpenAsync(client);
            var head = new StringBuilder();
            var buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _end.Token) is > 0 and var read)
                head.Append(Encoding.ASCII.GetString(buffer, 0, read));
            // Under TLS 1.3 the server is ready before the client has looked at its certificate.
            if (head.Length == 0)
                return;
            Heads.Enqueue(head.ToString());
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_answer(head.ToString())), _end.Token);
            await stream.FlushAsync(_end.Token);
            if (_hangs)
                await Task.Delay(Timeout.Infinite, _end.Token);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client broke off, as some tests want it to.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
            return client.GetStream();
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
        return tls;
    }
}
