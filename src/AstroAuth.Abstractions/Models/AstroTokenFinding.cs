using System;

namespace AstroAuth;

/// <summary>What an audit has against one API token, or against the machine it runs on.</summary>
public sealed class AstroTokenFinding
{
    private string _remedy = "";
    private string? _message;

    /// <summary>The token; null when the finding is about the machine, or about a rule that could not be checked.</summary>
    public AstroApiToken? Token { get; internal set; }

    /// <summary>The id of the rule.</summary>
    public string RuleId { get; internal set; } = "";

    /// <summary>How much it matters.</summary>
    public AstroFindingSeverity Severity { get; internal set; }

    /// <summary>What was found.</summary>
    public string Message
    {
        get => _message ??= Say?.Invoke() ?? "";
        internal set => _message = value;
    }

    /// <summary>Puts the message into words when somebody reads it: most of an audit's findings are only counted or filtered.</summary>
    internal Func<string>? Say { get; set; }

    /// <summary>What to do.</summary>
    public string Remedy
    {
        get => Token is null ? _remedy : _remedy.Replace("{id}", Token.Id);
        internal set => _remedy = value;
    }

    /// <summary>Whether the rule could not be checked, so that it says nothing about any token.</summary>
    public bool NotChecked { get; internal set; }

    /// <summary>The id of the token, so that findings can be piped to what takes tokens; null without a token.</summary>
    public string? Id => Token?.Id;

    /// <summary>The name of the token; null without one.</summary>
    public string? Name => Token?.Name;

    /// <summary>The rule, the token and the message.</summary>
    public override string ToString() => Token is null ? $"{RuleId}: {Message}" : $"{RuleId}: {Token}: {Message}";
}
