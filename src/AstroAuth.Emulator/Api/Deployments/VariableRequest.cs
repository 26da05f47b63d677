using System.Text.RegularExpressions;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>An environment variable as it is sent; a secret one without a value keeps the value it has.</summary>
internal sealed partial record VariableRequest(string Key, string? Value, bool IsSecret)
{
    public static VariableRequest Read(RequestBody body) =>
        new(body.Text("key", required: true) ?? "", body.Text("value"), body.Flag("isSecret", required: true) ?? false);

    public static void Check(RequestBody body, IReadOnlyList<VariableRequest> variables, IReadOnlyList<EnvironmentVariable> current)
    {
        if (variables.DistinctBy(v => v.Key).Count() < variables.Count)
            body.Refuse("duplicate", "environmentVariables", "each of the environmentVariables must have a key of its own");
        foreach (var (index, variable) in variables.Index())
        {
            var field = $"environmentVariables[{index}]";
            if (variable.Key.Length > 0 && !KeyForm().IsMatch(variable.Key))
                body.Refuse("invalid", field + ".key", $"the key '{variable.Key}' must consist of letters, digits and underscores");
            var keeps = variable.IsSecret && current.Any(c => c.Key == variable.Key && c.IsSecret);
            if (variable.Value is null && !keeps)
                body.Refuse("required", field + ".value", $"the variable '{variable.Key}' needs a value, since there is no secret one to keep");
        }
    }

    public EnvironmentVariable ToVariable(IReadOnlyList<EnvironmentVariable> current, DateTimeOffset now)
    {
        var before = current.FirstOrDefault(c => c.Key == Key);
        var value = Value ?? before?.Value ?? "";
        return before is not null && before.Value == value && before.IsSecret == IsSecret ? before : new(Key, value, IsSecret, now);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex KeyForm();
}
