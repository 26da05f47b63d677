using System;
using System.Diagnostics;
using System.Management.Automation;

namespace AstroAuth.Hosting;

/// <summary>Shows how far a publication is, a few times a second, and not at all in a CI job's log.</summary>
internal sealed class PublishProgressBar
{
    private const int ActivityId = 1703;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Pump _pump;
    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private AstroPublishStep? _step;
    private string? _status;

    internal PublishProgressBar(Pump pump, Cmdlet cmdlet, string activity)
    {
        _pump = pump;
        _cmdlet = cmdlet;
        _activity = activity;
    }

    /// <summary>What the engine tells; null where nobody looks.</summary>
    internal Action<AstroPublishProgress>? OnProgress => CiHost.IsAny ? null : Show;

    /// <summary>Takes the bar away.</summary>
    internal void End()
    {
        if (_step is not null)
            _pump.Post(() => _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed }));
    }

    private void Show(AstroPublishProgress progress)
    {
        if (progress.Step == _step && progress.Status == _status && _sinceLast.Elapsed < Pause)
            return;
        (_step, _status) = (progress.Step, progress.Status);
        _sinceLast.Restart();
        var record = new ProgressRecord(ActivityId, _activity, progress.Status);
        if (progress.BytesTotal > 0 && progress.Step is AstroPublishStep.Bundle or AstroPublishStep.Upload)
            record.PercentComplete = (int)Math.Min(100, 100 * progress.BytesDone / progress.BytesTotal);
        _pump.Post(() => _cmdlet.WriteProgress(record));
    }
}
