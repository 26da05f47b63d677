using System.Text;
using AstroAuth.Engine.Api;
using FsCheck;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Trees of plain values as PowerShell hands them over.</summary>
internal static class JsonTrees
{
    private static readonly Gen<string> s_text = ArbMap.Default.GeneratorFor<string>().Select(t => t ?? "");

    private static readonly Gen<object?> s_leaf = Gen.OneOf(
        Gen.Constant((object?)null),
        s_text.Select(t => (object?)t),
        ArbMap.Default.GeneratorFor<bool>().Select(b => (object?)b),
        ArbMap.Default.GeneratorFor<long>().Select(n => (object?)n),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(n => (object?)n.Get));

    public static Gen<object?> Value(int depth) => depth == 0 ? s_leaf : Gen.OneOf(
        s_leaf,
        Gen.ListOf(Value(depth - 1)).Select(items => (object?)items.Take(4).ToList()),
        Gen.ListOf(s_text.SelectMany(name => Value(depth - 1).Select(value => KeyValuePair.Create(name, value))))
            .Select(members => (object?)members.Take(4).DistinctBy(m => m.Key).ToList()));

    public static string Text(object? value) => value is null ? "null" : value is string text
        ? JsonSerializer.Serialize(text)
        : Encoding.UTF8.GetString(PlainJson.Write(value));
}
