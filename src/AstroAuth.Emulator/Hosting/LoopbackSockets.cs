using System.Net;
using System.Net.Sockets;

namespace AstroAuth.Emulator.Hosting;

/// <summary>Listening sockets bound before the server exists, so that a taken port is a sentence and a picked one cannot be lost.</summary>
internal sealed class LoopbackSockets : IDisposable
{
    private readonly Dictionary<IPEndPoint, Socket> _sockets = [];

    public IEnumerable<IPEndPoint> Endpoints => _sockets.Keys;

    /// <summary>Binds 127.0.0.1 and, where the machine has it, ::1 on one port; null when the port is taken.</summary>
    public int? Bind(int port)
    {
        const int PickAttempts = 20;
        for (var attempt = 0; attempt < (port == 0 ? PickAttempts : 1); attempt++)
        {
            if (TryBind(IPAddress.Loopback, port) is not { } four)
                return null;
            var picked = ((IPEndPoint)four.LocalEndPoint!).Port;
            if (!HasIPv6Loopback())
            {
                Keep(four);
                return picked;
            }

            if (TryBind(IPAddress.IPv6Loopback, picked) is { } six)
            {
                Keep(four);
                Keep(six);
                return picked;
            }

            four.Dispose();
        }

        return null;
    }

    /// <summary>Hands a bound socket to the server, which owns it from then on.</summary>
    public Socket Take(EndPoint endpoint) => _sockets[(IPEndPoint)endpoint];

    public void Dispose()
    {
        foreach (var socket in _sockets.Values)
            socket.Dispose();
    }

    private void Keep(Socket socket) => _sockets.Add((IPEndPoint)socket.LocalEndPoint!, socket);

    private static bool HasIPv6Loopback()
    {
        if (!Socket.OSSupportsIPv6 || TryBind(IPAddress.IPv6Loopback, 0) is not { } probe)
            return false;
        probe.Dispose();
        return true;
    }

    private static Socket? TryBind(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Windows lets two programs share a port unless one asks to have it alone.
            if (OperatingSystem.IsWindows())
                socket.ExclusiveAddressUse = true;
            socket.Bind(new IPEndPoint(address, port));
            // Only listening proves on Unix that the port is free.
            socket.Listen();
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
