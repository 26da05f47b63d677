namespace AstroAuth.Completion;

/// <summary>Something that can be completed.</summary>
/// <param name="Text">What is inserted; also what is typed to find it.</param>
/// <param name="Tip">What it is.</param>
internal readonly record struct CompletionItem(string Text, string Tip)
{
    /// <summary>What it is called in a list; the text where nothing is said. Typing its beginning finds it too.</summary>
    internal string? Label { get; init; }

    /// <summary>The id that does instead of the text, where its beginning was typed or the text cannot be; or null.</summary>
    internal string? Id { get; init; }
}
