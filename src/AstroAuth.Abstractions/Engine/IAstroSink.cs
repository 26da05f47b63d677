namespace AstroAuth;

/// <summary>Where the engine tells what it does, from any thread. No text ever holds a secret.</summary>
public interface IAstroSink
{
    /// <summary>One line for <c>-Verbose</c>.</summary>
    void Verbose(string text);

    /// <summary>One line for <c>-Debug</c>.</summary>
    void Debug(string text);

    /// <summary>Something the user should know although it went on.</summary>
    void Warning(string text);
}
