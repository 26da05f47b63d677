using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>One token, one secret, two machines and whatever happens to them, on the real emulator.</summary>
internal sealed partial class World(EmulatorProcess emulator, EmulatorClient client)
{
    private const string UserText = "Loads sales";
    private static readonly TimeSpan s_grace = TimeSpan.FromHours(10);

    private readonly string _name = $"purpose {Guid.NewGuid():N}";
    private readonly SharedVault _vault = new(client);
    private readonly Machine[] _machines = [new("machine-a"), new("machine-b"), new("machine-c")];
    private readonly List<(Func<Task> Wake, Task Run, bool Wakes)> _frozen = [];
    private string _runner = "";

    private string Tokens => client.Organization + "/tokens";

    private string Owner => emulator.TokenValue("organizationOwner");

    /// <summary>Lets it all happen and gives what is wrong at the end, or null.</summary>
    public async Task<string?> LiveAsync(IReadOnlyList<Happening> history)
    {
        await client.Post("/_emulator/clock", new { reset = true });
        await client.Delete("/_emulator/faults");
        await client.Delete("/_emulator/watched");
        _runner = (await client.Mint(new { scope = "ORGANIZATION", name = "runner" })).Value;
        var created = await client.Post(Tokens, new
        {
            name = _name, role = "WORKSPACE_AUTHOR", scope = "WORKSPACE", entityId = emulator.WorkspaceId("Data Platform"),
            description = UserText, tokenExpiryPeriodInDays = 900,
        }, Owner);
        await _vault.PutAsync(_name, created.Value("token"));
        foreach (var happening in history)
            await HappenAsync(happening);
        await WakeAsync(f => f.Wakes);
        var wrong = await JudgeAsync(history);
        await WakeAsync(_ => true);
        await RemoveAllAsync();
        return wrong;
    }

    private async Task HappenAsync(Happening happening)
    {
        switch (happening)
        {
            case Rotates rotates:
                _vault.Trouble = rotates.Vault;
                var fault = await AddFaultAsync(rotates.Api, rotates.Request);
                await _machines[rotates.Machine].RotateAsync(this, rotates.InPlace, rotates.WithGrace);
                if (fault is not null)
                    await client.Delete($"/_emulator/faults/{fault}");
                _vault.Trouble = VaultTrouble.None;
                break;
            case BothRotate both:
                await Task.WhenAll(
                    _machines[0].RotateAsync(this, both.FirstInPlace, both.WithGrace),
                    _machines[1].RotateAsync(this, both.SecondInPlace, both.WithGrace));
                break;
            case Freezes freezes:
                await FreezeAsync(freezes);
                break;
            case Thaws:
                await WakeAsync(f => f.Wakes);
                break;
            case Edits edits:
                await EditAsync(edits);
                break;
            case TimePasses passes:
                await client.Advance(TimeSpan.FromMinutes(passes.Minutes));
                break;
        }
    }

    private async Task FreezeAsync(Freezes freezes)
    {
        if (freezes.InVault)
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _vault.AtGate = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _vault.WriteGate = gate;
            var run = _machines[freezes.Machine].RotateAsync(this, freezes.InPlace, freezes.WithGrace);
            await Task.WhenAny(run, _vault.AtGate.Task);
            _vault.WriteGate = null;
            Freeze(run, () =>
            {
                gate.SetResult();
                return Task.CompletedTask;
            });
        }
        else
        {
            var hold = (await client.Post("/_emulator/faults", new { skip = freezes.Request, hold = freezes.AfterEffect ? "after" : "before" }))["id"].GetInt32();
            var run = _machines[freezes.Machine].RotateAsync(this, freezes.InPlace, freezes.WithGrace);
            while (!run.IsCompleted && (await FaultsAsync()).Single(f => f.GetProperty("id").GetInt32() == hold).GetProperty("held").GetInt32() == 0)
                await Task.Yield();
            if (run.IsCompleted)
                await client.Delete($"/_emulator/faults/{hold}");
            Freeze(run, () => client.Delete($"/_emulator/faults/{hold}"));
        }

        void Freeze(Task run, Func<Task> wake)
        {
            if (!run.IsCompleted)
                _frozen.Add((wake, run, freezes.Wakes));
        }
    }

    private async Task WakeAsync(Func<(Func<Task> Wake, Task Run, bool Wakes), bool> which)
    {
        foreach (var frozen in _frozen.Where(which).ToList())
        {
            _frozen.Remove(frozen);
            await frozen.Wake();
            await frozen.Run;
        }
    }

    // What a user does to a description leaves the note in it alone, and what is around it is the user's.
    private async Task EditAsync(Edits edits)
    {
        foreach (var token in await PurposeAsync())
        {
            var text = token.TryGetProperty("description", out var description) ? description.GetString() : "";
            await client.Post($"{Tokens}/{token.GetProperty("id").GetString()}", new
            {
                name = token.GetProperty("name").GetString() + (edits.Renames ? "!" : ""),
                description = edits.Before ? $"nightly {text}" : $"{text} (see wiki)",
            }, Owner);
        }
    }

    private async Task<int?> AddFaultAsync(ApiTrouble trouble, int request) => trouble == ApiTrouble.None
        ? null
        : (await client.Post("/_emulator/faults", trouble switch
        {
            ApiTrouble.CutBefore => new { skip = request, cut = "before" },
            ApiTrouble.CutAfter => new { skip = request, cut = "after" },
            ApiTrouble.Truncated => new { skip = request, truncate = true },
            ApiTrouble.Status503 => new { skip = request, status = 503 },
            ApiTrouble.Outage => new { skip = request, status = 500, count = 0 },
            _ => (object)new { skip = request, status = 500 },
        }))["id"].GetInt32();

    private async Task<List<JsonElement>> FaultsAsync() => [.. (await client.Get("/_emulator/faults")).Json.EnumerateArray()];

    private async Task<List<JsonElement>> PurposeAsync() =>
        [.. (await client.Get($"{Tokens}?limit=1000&sorts=createdAt:desc", Owner))["tokens"].EnumerateArray()
            .Where(t => t.GetProperty("name").GetString()!.StartsWith(_name, StringComparison.Ordinal))];

    /// <summary>Another machine runs once without any trouble, when all claims and grace periods are over.</summary>
    private async Task<string?> JudgeAsync(IReadOnlyList<Happening> history)
    {
        if (!history.Any(h => h is Freezes) && !history.Any(h => h is Rotates { InPlace: true } or BothRotate { FirstInPlace: true } or BothRotate { SecondInPlace: true } or Rotates { Vault: VaultTrouble.Spoils })
            && (await SightingsAsync()).FirstOrDefault(s => !s.Works).After is { } dead)
            return $"the vault's value was dead after {dead}";
        await client.Advance(s_grace + TimeSpan.FromMinutes(16));
        var said = await _machines[2].RotateAsync(this, inPlace: false, withGrace: false);
        if (said.Contains("Failed", StringComparison.Ordinal) || said.Contains("RolledBack", StringComparison.Ordinal) || !said.Contains("Rotated", StringComparison.Ordinal))
            return $"the last run said: {said}";
        var left = await PurposeAsync();
        if (left.Count != 1)
            return $"{left.Count} tokens are left: {string.Join(", ", left.Select(Describe))}\n{said}";
        if (left[0].GetProperty("description").GetString() is not { } text || text.Contains("[astroauth:", StringComparison.Ordinal) || !text.Contains(UserText, StringComparison.Ordinal))
            return $"the token that is left says {Describe(left[0])}";
        var kept = (await client.Get("/_emulator/authenticates", _vault[_name])).Json;
        return kept.GetProperty("authenticates").GetBoolean() && kept.GetProperty("tokenId").GetString() == left[0].GetProperty("id").GetString()
            ? null
            : $"the vault's value does not work ({kept}), and {Describe(left[0])} is left\n{said}";
    }

    private static string Describe(JsonElement token) =>
        $"{token.GetProperty("id").GetString()} '{(token.TryGetProperty("description", out var text) ? text.GetString() : "")}'";

    private async Task<List<(string After, bool Works)>> SightingsAsync() =>
        [.. (await client.Get("/_emulator/watched")).Json.EnumerateArray().Select(s => (s.GetProperty("after").GetString()!, s.GetProperty("authenticates").GetBoolean()))];

    private async Task RemoveAllAsync()
    {
        foreach (var token in await PurposeAsync())
            await client.Delete($"{Tokens}/{token.GetProperty("id").GetString()}", Owner);
    }
}
