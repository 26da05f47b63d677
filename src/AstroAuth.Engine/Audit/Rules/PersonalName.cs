using System;
using System.Collections.Generic;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>A name that names a person: an e-mail address, or words of its creator's name.</summary>
internal sealed class PersonalName : TokenRule
{
    private const int ShortestName = 3;

    private readonly Dictionary<(string? FullName, string Username), List<string>> _people = [];

    internal PersonalName()
        : base(
            nameof(PersonalName),
            AstroFindingSeverity.Information,
            "named after a person",
            "An API token belongs to the organization and outlives its creator. A person's name says nothing of what it is for, so that nobody dares to delete it later.",
            "Name it after what uses it: Set-AstroApiToken -Id {id} -Name <name>. A person who works by hand signs in with Connect-Astro -Interactive and needs no token.")
    {
    }

    internal override AstroTokenFinding? Find(AuditedToken token, AuditContext context) =>
        Test(token) is { } message ? Finding(message, token.Token) : null;

    private string? Test(AuditedToken token)
    {
        var name = token.Token.Name;
        if (name.IndexOf('@') is > 0 and var at && at < name.Length - 1 && IsPart(name[at - 1]) && IsPart(name[at + 1]))
            return "Its name holds an e-mail address.";
        if (token.Token.CreatedBy is not { Username: not null } creator)
            return null;
        foreach (var word in WordsOf(creator))
        {
            if (HasWord(name, word))
                return $"It is named after its creator, {creator} ({word}).";
        }

        return null;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c);

    // A few people make thousands of tokens.
    private List<string> WordsOf(AstroSubject creator)
    {
        var person = (creator.FullName, creator.Username!);
        if (!_people.TryGetValue(person, out var words))
            _people.Add(person, words = Words($"{creator.FullName} {creator.Username!.Split('@')[0]}"));
        return words;
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (int start = 0, i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetter(text[i]))
                continue;
            if (i - start >= ShortestName)
                words.Add(text.Substring(start, i - start));
            start = i + 1;
        }

        return words;
    }

    // "ana" is in "ana-etl" and not in "banana".
    private static bool HasWord(string name, string word)
    {
        for (var at = 0; (at = name.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetter(name[at - 1])) && (end == name.Length || !char.IsLetter(name[end])))
                return true;
        }

        return false;
    }
}
