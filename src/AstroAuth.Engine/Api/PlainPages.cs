using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace AstroAuth.Engine.Api;

/// <summary>Pages of any path, whose items are given as plain objects.</summary>
internal static class PlainPages
{
    /// <summary>The request's own parameters, with the page's place and, where the caller named none, its size.</summary>
    internal static List<KeyValuePair<string, string>> GetQuery(AstroRequest request, int offset, string size)
    {
        var query = request.Query.Where(p => p.Key is not "offset").ToList();
        if (!query.Any(p => p.Key == "limit"))
            query.Add(new("limit", size));
        query.Add(new("offset", offset.ToString(CultureInfo.InvariantCulture)));
        return query;
    }

    /// <summary>Reads the list beside the member that counts all; null for an answer that is no page.</summary>
    internal static Page<object?>? Read(JsonElement root, string total)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(total, out var all) || all.ValueKind != JsonValueKind.Number || !all.TryGetInt32(out var count))
            return null;
        // Custom roles come with the built-in ones beside them.
        foreach (var member in root.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Array && m.Name != "defaultRoles"))
            return new Page<object?>(member.Value.EnumerateArray().Select(PlainJson.Read).ToList(), count);
        return null;
    }

    internal static AstroException NotPaged(AstroRequest request) => new(
        nameof(Strings.NotPaged),
        Strings.Format(Strings.NotPaged, request.Method, request.Path),
        AstroErrorCategory.InvalidArgument,
        request.Path);
}
