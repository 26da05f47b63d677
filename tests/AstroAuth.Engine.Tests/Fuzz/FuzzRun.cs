using System.Diagnostics;
using System.Globalization;
using System.IO;
using FsCheck;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>
/// Hands many inputs to what reads them: whatever comes, it is read or refused with the module's own error. The seed is the
/// same each time; ASTROAUTH_FUZZ_SEED gives another. ASTROAUTH_FUZZ is how many inputs all of them together get,
/// and ASTROAUTH_FUZZ_REPORT names a file that is told what was done.
/// </summary>
internal static class FuzzRun
{
    private const int UsualInputs = 8_000;
    private const ulong UsualSeed = 20261129;

    // No input takes a thousandth of this; what takes longer does not end.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly Lock s_report = new();

    /// <summary>Runs a part of all inputs.</summary>
    /// <param name="what">What reads them.</param>
    /// <param name="share">Its part of all inputs, of 1000.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="read">Reads one; true when it was read, false when it was refused; throws nothing but <see cref="AstroException" />.</param>
    public static Task CheckAsync<T>(string what, int share, Gen<T> inputs, Func<T, bool> read)
        where T : class => CheckAsync(what, share, inputs, input => Task.FromResult(read(input)));

    /// <inheritdoc cref="CheckAsync{T}(string, int, Gen{T}, Func{T, bool})" />
    public static async Task CheckAsync<T>(string what, int share, Gen<T> inputs, Func<T, Task<bool>> read)
        where T : class
    {
        var count = (int)Math.Max(1, Setting("ASTROAUTH_FUZZ", UsualInputs) * (ulong)share / 1000);
        var seed = Setting("ASTROAUTH_FUZZ_SEED", UsualSeed);
        var (done, taken, since, current) = (0, 0, Stopwatch.GetTimestamp(), default(T));
        var watch = Stopwatch.StartNew();
        var run = Task.Run(() => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, (seed << 1) | 1).WithEndSize(60),
            Prop.ForAll<T>(inputs.ToArbitrary(), async input =>
            {
                Volatile.Write(ref current, input);
                Interlocked.Exchange(ref since, Stopwatch.GetTimestamp());
                if (await IsTakenAsync(read, input))
                    taken++;
                Interlocked.Increment(ref done);
            })));
        while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1))) != run)
            Assert.True(Stopwatch.GetElapsedTime(Interlocked.Read(ref since)) < s_patience, $"{what} does not come to an end with {Show(current)}");
        await run;
        Report(string.Create(CultureInfo.InvariantCulture, $"{what}: {done:n0} inputs, {taken:n0} of them read, {done - taken:n0} refused, seed {seed}, {watch.Elapsed.TotalSeconds:0.0} s"));
        Assert.Equal(count, done);
    }

    private static async Task<bool> IsTakenAsync<T>(Func<T, Task<bool>> read, T input)
    {
        try
        {
            return await read(input);
        }
        catch (AstroException e)
        {
            Assert.NotEmpty(e.ErrorId);
            Assert.DoesNotContain(e.Message, c => char.IsControl(c) && c != '\n');
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.GetType().Name}: {e.Message}\nwith {Show(input)}\n{e.StackTrace}", e);
        }
    }

    private static string Show(object? input) => input is byte[] bytes ? Convert.ToBase64String(bytes) : $"{input}";

    private static ulong Setting(string variable, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static void Report(string line)
    {
        if (Environment.GetEnvironmentVariable("ASTROAUTH_FUZZ_REPORT") is not { Length: > 0 } file)
            return;
        lock (s_report)
            File.AppendAllText(file, line + "\n");
    }
}
