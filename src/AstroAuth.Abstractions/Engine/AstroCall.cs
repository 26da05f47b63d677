using System.Threading;

namespace AstroAuth;

/// <summary>What every call into the engine needs: whom to call as, where to report, and how to be stopped.</summary>
public sealed class AstroCall
{
    /// <summary>Makes a call.</summary>
    public AstroCall(AstroConnection connection, IAstroSink sink, CancellationToken cancellationToken)
    {
        Connection = connection;
        Sink = sink;
        CancellationToken = cancellationToken;
    }

    /// <summary>The connection to use.</summary>
    public AstroConnection Connection { get; }

    /// <summary>Where to report.</summary>
    public IAstroSink Sink { get; }

    /// <summary>Ends the call.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The same call as another connection.</summary>
    public AstroCall As(AstroConnection connection) => new(connection, Sink, CancellationToken);
}
