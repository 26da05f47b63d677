namespace AstroAuth.Engine.Audit;

/// <summary>One thing an audit looks for: what it is called, why it matters, and how it is told.</summary>
internal abstract class AuditRule
{
    protected AuditRule(string id, AstroFindingSeverity severity, string title, string reason, string remedy)
    {
        Info = new AstroAuditRule { Id = id, Severity = severity, Title = title, Reason = reason, Remedy = remedy };
    }

    internal AstroAuditRule Info { get; }

    internal string Id => Info.Id;

    protected AstroTokenFinding Finding(string message, AstroApiToken? token = null)
    {
        var finding = Begin(token);
        finding.Message = message;
        return finding;
    }

    /// <summary>A finding that has no words yet.</summary>
    protected AstroTokenFinding Begin(AstroApiToken? token) => new()
    {
        Token = token,
        RuleId = Id,
        Severity = Info.Severity,
        Remedy = Info.Remedy,
    };

    /// <summary>The one finding that says that the rule says nothing.</summary>
    internal AstroTokenFinding NotChecked(string why, string remedy) => new()
    {
        RuleId = Id,
        Severity = AstroFindingSeverity.Information,
        Message = why,
        Remedy = remedy,
        NotChecked = true,
    };
}

/// <summary>A rule about tokens.</summary>
internal abstract class TokenRule : AuditRule
{
    protected TokenRule(string id, AstroFindingSeverity severity, string title, string reason, string remedy)
        : base(id, severity, title, reason, remedy)
    {
    }

    /// <summary>Whether it looks at tokens that have ended: they can do no more harm, so that only one rule minds them.</summary>
    internal virtual bool WantsEnded => false;

    /// <summary>What it may have to know of the organization.</summary>
    internal virtual LookUp MayNeed => LookUp.None;

    /// <summary>What it has to know of the organization to judge this token.</summary>
    internal virtual LookUp Needs(AuditedToken token) => LookUp.None;

    /// <summary>What is wrong with the token; null when nothing is.</summary>
    internal abstract AstroTokenFinding? Find(AuditedToken token, AuditContext context);
}

/// <summary>A rule about the machine the audit runs on.</summary>
internal abstract class MachineRule : AuditRule
{
    protected MachineRule(string id, AstroFindingSeverity severity, string title, string reason, string remedy)
        : base(id, severity, title, reason, remedy)
    {
    }

    /// <summary>What is wrong with the machine; null when nothing is.</summary>
    internal abstract AstroTokenFinding? Find(AuditedMachine machine);
}

/// <summary>A rule that looks at one token alone, and finds its words when somebody reads them.</summary>
internal abstract class SingleTokenRule : TokenRule
{
    protected SingleTokenRule(string id, AstroFindingSeverity severity, string title, string reason, string remedy)
        : base(id, severity, title, reason, remedy)
    {
    }

    /// <summary>Whether the token breaks the rule.</summary>
    internal abstract bool IsBroken(AuditedToken token, AuditContext context);

    /// <summary>What is wrong with the token that breaks it, in a sentence.</summary>
    internal abstract string Say(AuditedToken token, AuditContext context);

    internal sealed override AstroTokenFinding? Find(AuditedToken token, AuditContext context) => IsBroken(token, context) ? Tell(token, context) : null;

    private AstroTokenFinding Tell(AuditedToken token, AuditContext context)
    {
        var finding = Begin(token.Token);
        finding.Say = () => Say(token, context);
        return finding;
    }
}
