namespace AstroAuth;

/// <summary>What Astro found wrong with one field of a request.</summary>
public sealed class AstroFieldError
{
    internal AstroFieldError(string code, string field, string message)
    {
        Code = code;
        Field = field;
        Message = message;
    }

    /// <summary>Astro's code for the fault.</summary>
    public string Code { get; }

    /// <summary>The field's name.</summary>
    public string Field { get; }

    /// <summary>What is wrong.</summary>
    public string Message { get; }

    /// <summary>The field and what is wrong.</summary>
    public override string ToString() => $"{Field}: {Message}";
}
