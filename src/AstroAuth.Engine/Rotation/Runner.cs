using System;
using System.Collections.Concurrent;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Rotation;

/// <summary>Who rotates: this host, this process and this engine, and which of its runs are under way.</summary>
internal sealed class Runner
{
    private readonly ConcurrentDictionary<string, bool> _runs = new();
    private readonly Lazy<string> _host;
    private readonly Lazy<string> _process = new(() => $"{ProcessStamp.Own()}.{Guid.NewGuid().ToString("N").Substring(0, 6)}");

    /// <summary>Makes the runner of an engine.</summary>
    /// <param name="lease">How long a claim counts whose process cannot be seen; well above what a rotation takes.</param>
    /// <param name="host">Another name for the host, for tests of several machines in one process.</param>
    internal Runner(TimeSpan? lease = null, string? host = null)
    {
        Lease = lease ?? TimeSpan.FromMinutes(15);
        _host = new Lazy<string>(() => host ?? HostFingerprint.Get());
    }

    internal TimeSpan Lease { get; }

    internal string Host => _host.Value;

    internal string Process => _process.Value;

    /// <summary>Begins a run and gives its id.</summary>
    internal string Begin()
    {
        var run = Guid.NewGuid().ToString("N").Substring(0, 16);
        _runs[run] = true;
        return run;
    }

    internal void End(string run) => _runs.TryRemove(run, out _);

    /// <summary>Whether somebody may still be at work on a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="age">How old it is by the server's clock.</param>
    internal bool IsLive(Claim claim, TimeSpan age)
    {
        if (claim.Host != Host)
            return age < Lease;
        return claim.Process == Process ? _runs.ContainsKey(claim.Run) : age < Lease && !ProcessStamp.IsGone(claim.Process);
    }
}
