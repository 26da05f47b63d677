using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Airflow;

/// <summary>Any path of a deployment's Airflow API, for what has no cmdlet of its own.</summary>
internal sealed class AirflowRequests
{
    private readonly AirflowSite _site;

    internal AirflowRequests(AirflowSite site) => _site = site;

    internal async Task SendAsync(AstroRequest request, Func<IReadOnlyList<object?>, Task> onResult)
    {
        var path = Resolve(request.Path);
        var method = new HttpMethod(request.Method.ToUpperInvariant());
        var body = request.Body is null ? null : PlainJson.Write(request.Body);
        if (request.All)
        {
            await Paging.WalkAsync(offset => FetchAsync(request, method, path, offset), onResult);
            return;
        }

        var reply = await _site.SendAsync(_site.Request(method, ApiClient.WithQuery(path, request.Query)) with { Body = body });
        if (reply.Body.Length > 0)
            await onResult([Parse(reply, _site, PlainJson.Read)]);
    }

    internal static T Parse<T>(ApiReply reply, AirflowSite site, JsonTypeInfo<T> type)
        where T : class => Parse(reply, site, root => root.Deserialize(WholeAnswers.Of(type))) ?? throw AirflowFailure.Unreadable(reply, site, "it is empty");

    /// <summary>The configuration of a run as an object: Airflow takes nothing else.</summary>
    /// <exception cref="AstroException">DagConfInvalid or InvalidBody.</exception>
    internal static object ReadConf(object? conf)
    {
        switch (conf)
        {
            case null:
                return new List<KeyValuePair<string, object?>>();
            case string text:
                PlainJson.Write(text);
                using (var document = JsonDocument.Parse(text))
                    return ReadConf(PlainJson.Read(document.RootElement) is var tree and not string ? tree : 0);
            case IEnumerable<KeyValuePair<string, object?>> members:
                return members;
            default:
                throw new AstroException(
                    nameof(Strings.DagConfInvalid),
                    Strings.Format(Strings.DagConfInvalid, conf is System.Collections.IEnumerable ? "a list" : "a single value"),
                    AstroErrorCategory.InvalidArgument,
                    "Conf");
        }
    }

    private static T Parse<T>(ApiReply reply, AirflowSite site, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw AirflowFailure.Unreadable(reply, site, "it is not JSON");
        }
    }

    private async Task<Page<object?>> FetchAsync(AstroRequest request, HttpMethod method, string path, int offset)
    {
        var reply = await _site.SendAsync(_site.Request(method, ApiClient.WithQuery(path, PlainPages.GetQuery(request, offset, Dags.PageSize))));
        return Parse(reply, _site, static root => PlainPages.Read(root, "total_entries")) ?? throw PlainPages.NotPaged(request);
    }

    private static string Resolve(string path)
    {
        var relative = path.TrimStart('/');
        foreach (var root in (string[])["api/v1/", "api/v2/"])
        {
            if (relative.StartsWith(root, StringComparison.OrdinalIgnoreCase))
                relative = relative.Substring(root.Length);
        }

        return RelativePath.FindFault(relative, "/api/v1/ or /api/v2/") is { } fault
            ? throw new AstroException(nameof(Strings.AirflowPathInvalid), Strings.Format(Strings.AirflowPathInvalid, path, fault), AstroErrorCategory.InvalidArgument, path)
            : RelativePath.Encode(relative);
    }
}
