using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiTokenRotation;

/// <summary>How far a run is: counts by status, and the time left at the present speed. Only on the pipeline thread.</summary>
internal sealed class RotationProgress
{
    private const int Activity = 4711;

    private readonly Cmdlet _cmdlet;
    private readonly int _total;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly SortedDictionary<AstroRotationStatus, int> _counts = [];
    private int _done;

    internal RotationProgress(Cmdlet cmdlet, int total)
    {
        _cmdlet = cmdlet;
        _total = total;
    }

    internal void Count(AstroTokenRotation result)
    {
        _done++;
        _counts[result.Status] = (_counts.TryGetValue(result.Status, out var count) ? count : 0) + 1;
        if (_total < 2 || CiHost.IsAny)
            return;
        var done = Math.Min(_done, _total);
        _cmdlet.WriteProgress(new ProgressRecord(Activity, "Rotating API tokens", $"{done} of {_total}: {string.Join(", ", _counts.Select(c => $"{c.Value} {c.Key}"))}")
        {
            PercentComplete = done * 100 / _total,
            SecondsRemaining = (int)(_watch.Elapsed.TotalSeconds / done * (_total - done)),
        });
    }

    internal void End()
    {
        if (_total > 1 && !CiHost.IsAny)
            _cmdlet.WriteProgress(new ProgressRecord(Activity, "Rotating API tokens", "done") { RecordType = ProgressRecordType.Completed });
    }
}
