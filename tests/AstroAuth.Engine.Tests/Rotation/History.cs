using FsCheck;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>How a request goes wrong.</summary>
public enum ApiTrouble
{
    None,
    CutBefore,
    CutAfter,
    Truncated,
    Status500,
    Status503,
    Outage,
}

/// <summary>Something that happens to a token.</summary>
public abstract record Happening;

/// <summary>A machine rotates it, and something goes wrong at one of the requests, or in the vault.</summary>
public sealed record Rotates(int Machine, bool InPlace, bool WithGrace, ApiTrouble Api, int Request, VaultTrouble Vault) : Happening;

/// <summary>Two machines rotate it at the same time.</summary>
public sealed record BothRotate(bool FirstInPlace, bool SecondInPlace, bool WithGrace) : Happening;

/// <summary>A machine stops in the middle of a rotation, and comes to itself later, or never.</summary>
public sealed record Freezes(int Machine, bool InPlace, bool WithGrace, int Request, bool AfterEffect, bool InVault, bool Wakes) : Happening;

/// <summary>The machines that stopped and are to wake up do.</summary>
public sealed record Thaws : Happening;

/// <summary>A user writes into the descriptions, or the name, of what there is.</summary>
public sealed record Edits(bool Before, bool Renames) : Happening;

/// <summary>Time passes, for Astro.</summary>
public sealed record TimePasses(int Minutes) : Happening;

/// <summary>What can happen, by chance.</summary>
public static class History
{
    private static Gen<bool> Coin => Gen.Elements(true, false);

    private static Gen<Happening> One => Gen.Frequency(
        (8, from machine in Gen.Choose(0, 1)
            from inPlace in Coin
            from grace in Coin
            from api in Gen.Elements(Enum.GetValues<ApiTrouble>())
            from request in Gen.Choose(0, 10)
            from vault in Gen.Frequency((3, Gen.Constant(VaultTrouble.None)), (2, Gen.Elements(Enum.GetValues<VaultTrouble>())))
            select (Happening)new Rotates(machine, inPlace, grace, api, request, vault)),
        (3, from first in Coin from second in Coin from grace in Coin select (Happening)new BothRotate(first, second, grace)),
        (4, from machine in Gen.Choose(0, 1)
            from inPlace in Coin
            from grace in Coin
            from request in Gen.Choose(0, 9)
            from after in Coin
            from inVault in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            from wakes in Coin
            select (Happening)new Freezes(machine, inPlace, grace, request, after, inVault, wakes)),
        (2, Gen.Constant((Happening)new Thaws())),
        (2, from before in Coin from renames in Coin select (Happening)new Edits(before, renames)),
        (2, from minutes in Gen.Elements(1, 5, 10, 20, 60, 1500) select (Happening)new TimePasses(minutes)));

    /// <summary>Up to ten happenings, which shrink to fewer.</summary>
    public static Arbitrary<Happening[]> Any { get; } = Arb.From(
        from count in Gen.Choose(1, 10) from all in One.ArrayOf(count) select all,
        all => Enumerable.Range(0, all.Length).Select(skip => all.Where((_, index) => index != skip).ToArray()).Where(rest => rest.Length > 0));

    public static string Tell(IEnumerable<Happening> history) => string.Join('\n', history);
}
