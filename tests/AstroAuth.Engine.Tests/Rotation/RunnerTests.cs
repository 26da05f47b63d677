using System.Diagnostics;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Platform;
using AstroAuth.Engine.Rotation;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>Who may still be at work on a claim.</summary>
public sealed class RunnerTests
{
    private static readonly TimeSpan s_young = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_old = TimeSpan.FromMinutes(16);

    [Fact]
    public void run_of_this_process_counts_as_long_as_it_lasts()
    {
        var runner = new Runner();
        var run = runner.Begin();
        var claim = new Claim { Verb = Claim.Successor, Run = run, Host = runner.Host, Process = runner.Process };
        Assert.True(runner.IsLive(claim, s_old));
        runner.End(run);
        Assert.False(runner.IsLive(claim, s_young));
    }

    [Fact]
    public void run_of_another_machine_counts_for_the_lease()
    {
        var claim = new Claim { Verb = Claim.Successor, Run = "r", Host = "elsewhere", Process = new Runner().Process };
        Assert.True(new Runner().IsLive(claim, s_young));
        Assert.False(new Runner().IsLive(claim, s_old));
    }

    [Fact]
    public async Task run_of_a_process_that_has_ended_counts_no_more()
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "--version") { RedirectStandardOutput = true })!;
        var id = child.Id;
        await child.WaitForExitAsync();
        var runner = new Runner();
        Assert.False(runner.IsLive(new Claim { Verb = Claim.Successor, Run = "r", Host = runner.Host, Process = $"{id}.1.x" }, s_young));
    }

    [Fact]
    public void process_that_got_the_id_of_another_is_not_taken_for_it()
    {
        var own = ProcessStamp.Own();
        Assert.False(ProcessStamp.IsGone(own));
        Assert.True(ProcessStamp.IsGone(own[..own.IndexOf('.', StringComparison.Ordinal)] + ".1"));
    }

    [Fact]
    public void other_engine_of_the_same_process_is_another_runner()
    {
        var claim = new Claim { Verb = Claim.Successor, Run = "r", Host = new Runner().Host, Process = new Runner().Process };
        Assert.True(new Runner().IsLive(claim, s_young));
        Assert.False(new Runner().IsLive(claim, s_old));
    }

    [Fact]
    public void host_is_the_same_each_time_and_says_nothing()
    {
        Assert.Equal(HostFingerprint.Get(), HostFingerprint.Get());
        Assert.Matches("^[0-9a-f]{10}$", HostFingerprint.Get());
    }

    [Fact]
    public void claim_is_read_as_it_was_written()
    {
        var claim = new Claim
        {
            Verb = Claim.Rotating, Of = "a", Run = "b", Host = "c", Process = "1.2.3", At = new DateTimeOffset(2026, 11, 24, 1, 2, 3, TimeSpan.Zero), Was = "d", In = "e", By = "f",
        };
        Assert.Equal(claim, Claim.Read(new ApiTokenAnswer { Description = $"text {claim.ToMarker()} text" }));
        Assert.Null(Claim.Read(new ApiTokenAnswer { Description = "[astroauth:creating 0123]" }));
    }

    [Fact]
    public void note_leaves_room_for_a_description_of_350_characters()
    {
        var runner = new Runner();
        var claim = new Claim { Verb = Claim.Successor, Of = new string('c', 25), Run = runner.Begin(), Host = runner.Host, Process = runner.Process, In = Claim.Hash("x") };
        Assert.NotNull(claim.ToMarker().AppendTo(new string('x', 350)));
    }
}
