using System.Globalization;
using AstroAuth.Engine.Tests.Emulator;
using AstroAuth.Engine.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>
/// Whatever happened, in whatever order, one clean run later there is one token of a name, without a note, and the vault
/// holds its value. ASTROAUTH_HISTORIES says how many histories are tried; a few without it.
/// </summary>
public sealed class HistoryTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("ASTROAUTH_HISTORIES"), CultureInfo.InvariantCulture, out var count) ? count : 25;

    [Fact]
    public async Task one_clean_run_makes_everything_good_whatever_happened_before() =>
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Count), Prop.ForAll<Happening[]>(History.Any, LiveAsync)));

    private async Task LiveAsync(Happening[] history)
    {
        if (await new World(Emulator, Client).LiveAsync(history) is { } wrong)
            Assert.Fail($"{wrong}\nafter\n{History.Tell(history)}");
    }
}
