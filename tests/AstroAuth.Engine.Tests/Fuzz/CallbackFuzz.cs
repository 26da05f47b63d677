using System.Net.Sockets;
using System.Text;
using AstroAuth.Engine.Authentication.UserLogin;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>Whatever comes to the callback's port is turned away, and the login's own answer still gets through.</summary>
public sealed class CallbackFuzz
{
    private const string State = "s-7f3a91c2d4e85b60";

    private static readonly Uri s_redirect = new($"http://localhost:{FreePort()}/callback");

    private static readonly string[] s_requests =
    [
        Request("/callback?code=abc&state=another"),
        Request($"/callback?state={State}"),
        Request($"/callback?code=abc&state={State}&state={State}"),
        Request($"/other?code=abc&state={State}"),
        Request($"/callback?code=abc&state={State}").Replace("Host: localhost", "Host: evil.example", StringComparison.Ordinal),
        Request($"/callback?code=abc&state={State}").Replace("GET", "POST", StringComparison.Ordinal),
        Request($"http://{s_redirect.Authority}/callback?code=a&state=b"),
    ];

    [Fact]
    public async Task anything_else_is_turned_away_and_the_answer_still_gets_through()
    {
        using var listener = LoopbackListener.Bind(s_redirect);
        using var end = new CancellationTokenSource();
        var answer = listener.WaitAsync(State, end.Token);
        // The state of another login is in half of them, so that no change makes a right answer of them.
        var inputs = Mutation.Of([.. s_requests.Select(Encoding.UTF8.GetBytes)]).Where(bytes => !IsRight(bytes));
        await FuzzRun.CheckAsync("requests to the callback's port", 20, inputs.Zip(Gen.Choose(0, 100)).Select(pair => new Input(pair.Item1, pair.Item2)), input =>
        {
            var reply = Send(input.Bytes, input.Percent);
            Assert.False(answer.IsCompleted, $"it was taken for the answer: {Encoding.UTF8.GetString(input.Bytes)}");
            Assert.True(reply.Length == 0 || reply.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal), reply);
            return reply.Length > 0;
        });
        Assert.StartsWith("HTTP/1.1 200 ", Send(Encoding.UTF8.GetBytes(Request($"/callback?code=abc&state={State}")), 50), StringComparison.Ordinal);
        Assert.Contains("code=abc", (await answer).Query, StringComparison.Ordinal);
    }

    [Fact]
    public Task any_pasted_address_is_looked_at() => FuzzRun.CheckAsync(
        "pasted addresses",
        30,
        Mutation.OfText($"{s_redirect}?code=abc&state={State}", $"http://[::1]/callback?code=1&code=2", "https://user@xn--/callback?state=%zz&error=%00", "file:///callback?code=a"),
        text => Uri.TryCreate(text, UriKind.Absolute, out var address) && CallbackRequest.IsAnswer(address, s_redirect, State));

    private static bool IsRight(byte[] bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end >= 0 && CallbackRequest.TryRead(text[..end], s_redirect, State) is not null;
    }

    // In two pieces, and then nothing more; without a trace in the system's table of connections.
    private static string Send(byte[] bytes, int percent)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0), ReceiveTimeout = 30_000 };
        socket.Connect(IPAddress.Loopback, s_redirect.Port);
        var reply = new StringBuilder();
        try
        {
            var half = bytes.Length * percent / 100;
            socket.Send(bytes.AsSpan(0, half));
            socket.Send(bytes.AsSpan(half));
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[8192];
            while (socket.Receive(buffer) is > 0 and var read)
                reply.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown)
        {
            // It was turned away before all of it was sent.
        }

        return reply.ToString();
    }

    private static string Request(string target) => $"GET {target} HTTP/1.1\r\nHost: {s_redirect.Authority}\r\nUser-Agent: x\r\n\r\n";

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private sealed record Input(byte[] Bytes, int Percent)
    {
        public override string ToString() => $"{Convert.ToBase64String(Bytes)} in two pieces at {Percent} %";
    }
}
