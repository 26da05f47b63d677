using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace AstroAuth.Commands.ApiTokenRotation;

public sealed partial class InvokeAstroApiTokenRotationCommand
{
    /// <summary>Gives each token its secret, refuses what would overwrite another's, and asks the user.</summary>
    /// <returns>Whether anything is left to do.</returns>
    private bool Choose(IReadOnlyList<AstroRotationCandidate> candidates)
    {
        var active = candidates.Where(c => c is { Plan: not null, Token: not null }).ToList();
        foreach (var candidate in active.Where(c => c.NeedsSecret))
            Assign(candidate);
        Refuse(active);

        var isWhatIf = false;
        foreach (var candidate in active)
        {
            // Both what -WhatIf says and what -Confirm asks: which token, and what becomes of it.
            var text = $"{Describe(candidate)}: {candidate.Plan}";
            candidate.IsWanted = ShouldProcess(text, text, "Rotate API tokens", out var why);
            isWhatIf |= why == ShouldProcessReason.WhatIf;
        }

        return !isWhatIf;
    }

    private void Assign(AstroRotationCandidate candidate)
    {
        // Of several wishes for one token the first counts; a name stands for all tokens it matches.
        var wish = _wishes.Find(w => w.Id == candidate.Id || w.Id == candidate.Token!.Id) ?? _wishes.Find(w => w.Id is null) ?? new Wish(null, null, null);
        candidate.Vault = wish.Vault;
        candidate.SecretName = wish.SecretName switch
        {
            ScriptBlock script => Evaluate(script, candidate.Token!),
            null => null,
            var name => Convert.ToString(name, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static string Evaluate(ScriptBlock script, AstroApiToken token)
    {
        var given = script.InvokeWithContext(null, [new PSVariable("_", token)]);
        var name = given.Count == 1 ? given[0]?.BaseObject as string : null;
        return !string.IsNullOrWhiteSpace(name)
            ? name!
            : throw new AstroException(
                nameof(Strings.RotationSecretNameUnclear),
                Strings.Format(Strings.RotationSecretNameUnclear, given.Count == 1 ? "no text" : $"{given.Count} values", token.Name),
                AstroErrorCategory.InvalidArgument,
                token.Name);
    }

    // Vaults do not tell names apart by case.
    private static void Refuse(List<AstroRotationCandidate> candidates)
    {
        var shared = candidates
            .Where(c => c.SecretName is not null)
            .GroupBy(c => $"{c.Vault}\n{c.SecretName}", StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Count() > 1)?.ToList();
        if (shared is null)
            return;
        throw new AstroException(
            nameof(Strings.RotationSecretShared),
            Strings.Format(Strings.RotationSecretShared, string.Join(", ", shared.Take(5).Select(c => c.Token)) + (shared.Count > 5 ? ", ..." : ""), shared[0].Vault, shared[0].SecretName),
            AstroErrorCategory.InvalidArgument,
            shared[0].SecretName);
    }

    private static string Describe(AstroRotationCandidate candidate) =>
        $"API token '{candidate.Token!.Name}' ({candidate.Token.Id})" + (candidate.SecretName is null ? "" : $", kept in vault '{candidate.Vault}' as '{candidate.SecretName}'");
}
