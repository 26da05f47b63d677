namespace AstroAuth.Emulator.Api;

/// <summary>One page of a list.</summary>
internal sealed record Page(int Offset, int Limit);

/// <summary>One key of an order.</summary>
internal sealed record SortKey(string Field, bool Descending);

/// <summary>Reads a query strictly: what is not asked for here is an error that names it.</summary>
internal sealed class RequestQuery(HttpContext context)
{
    private const int DefaultLimit = 20;

    private readonly IQueryCollection _query = context.Request.Query;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<FieldError> _errors = [];

    public string? Text(string name)
    {
        var values = Many(name);
        if (values.Count > 1)
            Refuse("invalid", name, $"{name} may be given once only");
        return values.Count == 0 ? null : values[0];
    }

    public IReadOnlyList<string> Many(string name)
    {
        _known.Add(name);
        return [.. _query[name].OfType<string>()];
    }

    public IReadOnlyList<string> Choices(string name, params IReadOnlyList<string> allowed)
    {
        var values = Many(name);
        foreach (var value in values.Where(v => !allowed.Contains(v)))
            Refuse("oneof", name, $"{name} must be one of {string.Join(", ", allowed)}, not '{value}'");
        return values;
    }

    public string? Choice(string name, params IReadOnlyList<string> allowed)
    {
        var values = Choices(name, allowed);
        if (values.Count > 1)
            Refuse("invalid", name, $"{name} may be given once only");
        return values.Count == 0 ? null : values[0];
    }

    public bool Flag(string name) => Choice(name, "true", "false") == "true";

    public Page Page(int? maxLimit, int otherwise = DefaultLimit) =>
        new(Number("offset", 0, null), Number("limit", otherwise, maxLimit));

    public IReadOnlyList<SortKey> Sorts(params IReadOnlyList<string> fields) =>
        [.. Choices("sorts", [.. fields.SelectMany(f => new[] { f + ":asc", f + ":desc" })])
            .Select(s => s.Split(':')).Select(s => new SortKey(s[0], s[^1] == "desc"))];

    /// <summary>Ends the reading: all errors at once.</summary>
    public void Done()
    {
        foreach (var name in _query.Keys.Where(k => !_known.Contains(k)))
            Refuse("unknown", name, $"the query parameter '{name}' is not known here");
        if (_errors.Count > 0)
            throw ApiProblem.Invalid(_errors);
    }

    private int Number(string name, int otherwise, int? max)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            Refuse("min", name, $"{name} must be a whole number of at least 0");
        else if (number > max)
            Refuse("max", name, $"{name} must be {max} or less");
        return number;
    }

    private void Refuse(string code, string field, string message) => _errors.Add(new(code, field, message));
}
