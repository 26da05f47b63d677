using System;
using System.Linq;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>A name that names a person: an e-mail address, or words of its creator's name.</summary>
internal sealed class PersonalName : TokenRule
{
    private const int ShortestName = 3;

    internal PersonalName()
        : base(
            nameof(PersonalName),
            AstroFindingSeverity.Information,
            "named after a person",
            "An API token belongs to the organization and outlives its creator. A person's name says nothing of what it is for, so that nobody dares to delete it later.",
            "Name it after what uses it: Set-AstroApiToken -Id {id} -Name <name>. A person who works by hand signs in with Connect-Astro -Interactive and needs no token.")
    {
    }

    internal override string? Test(AuditedToken token, AuditContext context)
    {
        var name = token.Token.Name;
        if (name.IndexOf('@') is > 0 and var at && at < name.Length - 1 && IsPart(name[at - 1]) && IsPart(name[at + 1]))
            return "Its name holds an e-mail address.";
        if (token.Token.CreatedBy is not { Username: not null } creator)
            return null;
        var words = Words(name);
        var person = Words(creator.FullName ?? "").Concat(Words(creator.Username!.Split('@')[0])).Where(w => w.Length >= ShortestName);
        return person.FirstOrDefault(w => words.Contains(w, StringComparer.OrdinalIgnoreCase)) is { } found
            ? $"It is named after its creator, {creator} ({found})."
            : null;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c);

    private static string[] Words(string text) => new string([.. text.Select(c => char.IsLetter(c) ? c : ' ')]).Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
