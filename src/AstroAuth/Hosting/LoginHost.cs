using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth.Hosting;

/// <summary>The person at the PowerShell host who signs in.</summary>
internal sealed class LoginHost : IAstroLoginHost
{
    private const int ActivityId = 1702;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Pump _pump;
    private readonly PSCmdlet _cmdlet;
    private readonly PumpSink _sink;
    private readonly CancellationToken _stop;

    internal LoginHost(Pump pump, AstroCmdlet cmdlet)
    {
        _pump = pump;
        _cmdlet = cmdlet;
        _sink = new PumpSink(pump, cmdlet);
        _stop = cmdlet.StopToken;
    }

    /// <inheritdoc />
    public Task ShowLinkAsync(Uri link, AstroLoginMethod method) => _pump.InvokeAsync(() =>
    {
        if (method == AstroLoginMethod.Browser)
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Signing in to Astro", $"Waiting for the browser. If none has opened, open {link.AbsoluteUri}"));
        else
            _cmdlet.WriteWarning($"Open this link to sign in: {link.AbsoluteUri}\nIf the browser is on another machine, its last page will not load: paste the address of that page here and press Enter.");
        return true;
    });

    /// <inheritdoc />
    public Task ShowCodeAsync(AstroDeviceCode code) => _pump.InvokeAsync(() =>
    {
        var link = code.Link is null ? "" : $" ({code.Link.AbsoluteUri} has it filled in)";
        _cmdlet.WriteWarning($"To sign in, open {code.Page.AbsoluteUri} on any device and enter the code {code.Code}{link}. It is good for {Math.Max(1, (int)code.Lifetime.TotalMinutes)} min.");
        _cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Signing in to Astro", $"Waiting for the code {code.Code} to be entered at {code.Page.AbsoluteUri}"));
        return true;
    });

    /// <inheritdoc />
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            // In glances, because a blocking read could not be ended when the browser comes back.
            switch (await _pump.InvokeAsync(() => TakeKeys(line)).ConfigureAwait(false))
            {
                case true: return line.ToString();
                case null: return null;
            }

            await Task.Delay(Glance, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async Task<AstroPlace?> ChooseAsync(string what, IReadOnlyList<AstroPlace> places)
    {
        if (Interactivity.WhyNot(_cmdlet.Host) is not null)
            return null;
        await ShowAsync(ui => WriteList(ui, what, places)).ConfigureAwait(false);
        while (true)
        {
            await ShowAsync(ui => ui.Write($"Number, 1 to {places.Count}: ")).ConfigureAwait(false);
            var answer = await ReadLineAsync(_stop).ConfigureAwait(false) ?? await _pump.InvokeAsync(() => _cmdlet.Host.UI.ReadLine()).ConfigureAwait(false);
            if (Find(answer?.Trim() ?? "", places) is { } place)
            {
                await ShowAsync(ui => ui.WriteLine(place.ToString())).ConfigureAwait(false);
                return place;
            }
        }
    }

    /// <inheritdoc />
    public void Verbose(string text) => _sink.Verbose(text);

    /// <inheritdoc />
    public void Debug(string text) => _sink.Debug(text);

    /// <inheritdoc />
    public void Warning(string text) => _sink.Warning(text);

    /// <summary>Takes the progress line away.</summary>
    internal static void EndProgress(PSCmdlet cmdlet) =>
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, "Signing in to Astro", "Done") { RecordType = ProgressRecordType.Completed });

    // True: the line is whole; false: not yet; null: this host has no keys to look at.
    private bool? TakeKeys(StringBuilder line)
    {
        try
        {
            var keys = _cmdlet.Host.UI.RawUI;
            while (keys.KeyAvailable)
            {
                var key = keys.ReadKey(ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown).Character;
                if (key is '\r' or '\n')
                    return true;
                if (key is '\b' or '\x7f' && line.Length > 0)
                    line.Length--;
                else if (key >= ' ')
                    line.Append(key);
            }

            return false;
        }
        catch (Exception e) when (e is NotImplementedException or NotSupportedException or HostException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void WriteList(PSHostUserInterface ui, string what, IReadOnlyList<AstroPlace> places)
    {
        var width = places.Count.ToString(CultureInfo.InvariantCulture).Length;
        ui.WriteLine($"Which {what}?");
        for (var i = 0; i < places.Count; i++)
            ui.WriteLine($"  {(i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width)}  {places[i].Name} ({places[i].Id})");
    }

    private static AstroPlace? Find(string answer, IReadOnlyList<AstroPlace> places) =>
        int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= places.Count
            ? places[number - 1]
            : places.FirstOrDefault(p => p.Id == answer || string.Equals(p.Name, answer, StringComparison.OrdinalIgnoreCase));

    private Task<bool> ShowAsync(Action<PSHostUserInterface> show) => _pump.InvokeAsync(() =>
    {
        show(_cmdlet.Host.UI);
        return true;
    });
}
