using System.Diagnostics;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace AstroAuth.Desktop.Tests.Missing;

/// <summary>What newer .NET can wait for with a token, and processes and sockets as it handles them.</summary>
internal static class MissingWaits
{
    extension(Environment)
    {
        public static int ProcessId => Process.GetCurrentProcess().Id;
    }

    extension(ProcessStartInfo start)
    {
        public ArgumentAppender ArgumentList => new(start);
    }

    extension(Process process)
    {
        public Task WaitForExitAsync(CancellationToken cancellationToken = default) => Task.Run(process.WaitForExit, cancellationToken);
    }

    extension(TextReader reader)
    {
        public Task<string?> ReadLineAsync(CancellationToken cancellationToken) => OrCancelled(reader.ReadLineAsync(), cancellationToken)!;

        public Task<string> ReadToEndAsync(CancellationToken cancellationToken) => OrCancelled(reader.ReadToEndAsync(), cancellationToken);
    }

    extension(CancellationTokenSource source)
    {
        public Task CancelAsync() => Task.Run(source.Cancel);
    }

    extension(TcpListener listener)
    {
        public void Dispose() => listener.Stop();

        public Task<TcpClient> AcceptTcpClientAsync(CancellationToken cancellationToken) => OrCancelled(listener.AcceptTcpClientAsync(), cancellationToken);
    }

    extension(Stream stream)
    {
        public Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken) => OrCancelled(stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken), cancellationToken);

        public Task WriteAsync(byte[] bytes, CancellationToken cancellationToken) => stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken);
    }

    extension(SslStream stream)
    {
        public Task AuthenticateAsServerAsync(SslServerAuthenticationOptions options, CancellationToken cancellationToken) =>
            OrCancelled(AnsweredAsync(stream.AuthenticateAsServerAsync(options.ServerCertificate, false, SslProtocols.Tls12, false)), cancellationToken);
    }

    private static async Task<bool> AnsweredAsync(Task task)
    {
        await task;
        return true;
    }

    private static async Task<T> OrCancelled<T>(Task<T> task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken)))
            return await await Task.WhenAny(task, cancelled.Task);
    }
}

/// <summary>Appends arguments to a command line.</summary>
internal sealed class ArgumentAppender(ProcessStartInfo start)
{
    public void Add(string argument) => start.Arguments += $" \"{argument}\"";
}
