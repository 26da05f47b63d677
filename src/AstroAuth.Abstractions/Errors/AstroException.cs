using System;
using System.Text;

namespace AstroAuth;

/// <summary>A failure of AstroAuth, with a stable id and a sentence that says what to do. It never holds a secret.</summary>
public class AstroException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="errorId">The stable id.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="category">The sort of failure.</param>
    /// <param name="target">What it happened to: a name or an id.</param>
    /// <param name="innerException">The cause, when it is safe to show.</param>
    public AstroException(
        string errorId,
        string message,
        AstroErrorCategory category,
        object? target = null,
        Exception? innerException = null)
        : base(Tame(message), innerException)
    {
        ErrorId = errorId;
        Category = category;
        Target = target;
    }

    // Names and words of a server or a file are in messages, and must not steer a terminal; line breaks are the module's own.
    private static string Tame(string message)
    {
        var text = new StringBuilder(message);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] != '\n')
                text[i] = ' ';
        }

        return text.ToString();
    }

    /// <summary>The stable id; the first part of PowerShell's FullyQualifiedErrorId.</summary>
    public string ErrorId { get; }

    /// <summary>The sort of failure.</summary>
    public AstroErrorCategory Category { get; }

    /// <summary>What it happened to: a name or an id, never a secret.</summary>
    public object? Target { get; }

    /// <summary>When it happened (UTC), by this machine's clock.</summary>
    public DateTimeOffset OccurredOn { get; } = DateTimeOffset.UtcNow;
}
