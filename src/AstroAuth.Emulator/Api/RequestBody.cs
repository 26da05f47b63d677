using System.Text.Json;

namespace AstroAuth.Emulator.Api;

/// <summary>Reads a JSON object strictly: what is not asked for here is an error that names it.</summary>
internal sealed class RequestBody
{
    private readonly JsonElement _object;
    private readonly string _prefix;
    private readonly List<FieldError> _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private RequestBody(JsonElement value, string prefix, List<FieldError> errors)
    {
        _object = value;
        _prefix = prefix;
        _errors = errors;
    }

    public static async Task<RequestBody> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw ApiProblem.Invalid("The request needs a JSON body with Content-Type: application/json");
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(document.RootElement.Clone(), "", [])
                : throw ApiProblem.Invalid("The body must be a JSON object");
        }
        catch (JsonException)
        {
            throw ApiProblem.Invalid("The body is not valid JSON");
        }
    }

    /// <summary>For requests that have no body: one that is sent is refused.</summary>
    public static async Task ExpectNoneAsync(HttpContext context)
    {
        var buffer = new byte[1];
        if (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) > 0)
            throw ApiProblem.Invalid("This request takes no body");
    }

    public bool Has(string name) => Get(name, JsonValueKind.Undefined) is not null;

    /// <summary>Whether the member was sent, be it null.</summary>
    public bool IsThere(string name) => _object.TryGetProperty(name, out _);

    public string? Text(string name, bool required = false, int max = int.MaxValue)
    {
        if (Get(name, JsonValueKind.String) is not { } value)
        {
            if (required && !_errors.Exists(e => e.Field == _prefix + name))
                Refuse("required", name, $"{_prefix}{name} is required");
            return null;
        }

        var text = value.GetString()!;
        if (required && text.Length == 0)
            Refuse("required", name, $"{_prefix}{name} must not be empty");
        if (text.Length > max)
            Refuse("max", name, $"{_prefix}{name} must have at most {max} characters");
        return text;
    }

    public string? Choice(string name, bool required, params IReadOnlyList<string> allowed)
    {
        var text = Text(name, required);
        if (string.IsNullOrEmpty(text) || allowed.Contains(text))
            return text;
        Refuse("oneof", name, $"{_prefix}{name} must be one of {string.Join(", ", allowed)}");
        return null;
    }

    public int? Number(string name, int least = int.MinValue, int most = int.MaxValue)
    {
        if (Get(name, JsonValueKind.Number) is not { } value)
            return null;
        if (value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        Refuse("range", name, $"{_prefix}{name} must be a whole number from {least} to {most}");
        return null;
    }

    public bool? Flag(string name, bool required = false)
    {
        _known.Add(name);
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            if (required)
                Refuse("required", name, $"{_prefix}{name} is required");
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Refuse("type", name, $"{_prefix}{name} must be true or false");
        return null;
    }

    /// <summary>An object of any members, as the text it came in.</summary>
    public string? Raw(string name) => Get(name, JsonValueKind.Object)?.GetRawText();

    /// <summary>A number that must be there.</summary>
    public int Required(string name, int least, int most = int.MaxValue)
    {
        var number = Number(name, least, most);
        if (number is null && !_errors.Exists(e => e.Field == _prefix + name))
            Refuse("required", name, $"{_prefix}{name} is required");
        return number ?? least;
    }

    /// <summary>A time in the form of RFC 3339.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        Refuse("invalid", name, $"{_prefix}{name} must be a time in the form of RFC 3339");
        return null;
    }

    public IReadOnlyList<string> Texts(string name) =>
        Get(name, JsonValueKind.Array) is { } list
            ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)]
            : [];

    public IReadOnlyDictionary<string, string> Map(string name) =>
        Get(name, JsonValueKind.Object) is { } map
            ? map.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, string>();

    /// <summary>Reads an object; it is checked for unknown members too.</summary>
    public T? Object<T>(string name, Func<RequestBody, T> read) where T : class
    {
        if (Get(name, JsonValueKind.Object) is not { } element)
            return null;
        var inner = new RequestBody(element, $"{_prefix}{name}.", _errors);
        var value = read(inner);
        inner.NameUnknown();
        return value;
    }

    /// <summary>Reads a list of objects; each is checked for unknown members too.</summary>
    public IReadOnlyList<T> Objects<T>(string name, Func<RequestBody, T> read)
    {
        var items = new List<T>();
        if (Get(name, JsonValueKind.Array) is not { } list)
            return items;
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                Refuse("type", $"{name}[{index}]", $"{name}[{index}] must be an object");
                continue;
            }

            var item = new RequestBody(element, $"{_prefix}{name}[{index}].", _errors);
            items.Add(read(item));
            item.NameUnknown();
        }

        return items;
    }

    public void Refuse(string code, string field, string message) => _errors.Add(new(code, _prefix + field, message));

    /// <summary>Ends the reading: all errors at once.</summary>
    public void Done()
    {
        NameUnknown();
        if (_errors.Count > 0)
            throw ApiProblem.Invalid(_errors);
    }

    private void NameUnknown()
    {
        foreach (var member in _object.EnumerateObject().Where(m => !_known.Contains(m.Name)))
            Refuse("unknown", member.Name, $"the member '{_prefix}{member.Name}' is not known here");
    }

    private JsonElement? Get(string name, JsonValueKind kind)
    {
        _known.Add(name);
        if (!_object.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (kind == JsonValueKind.Undefined || value.ValueKind == kind)
            return value;
        Refuse("type", name, $"{_prefix}{name} must be of the JSON type {kind.ToString().ToLowerInvariant()}");
        return null;
    }
}
