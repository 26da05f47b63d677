using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Api;

/// <summary>Any path of the v1 API, for what has no cmdlet of its own.</summary>
internal sealed class RawRequests
{
    private readonly ApiClient _api;

    internal RawRequests(ApiClient api) => _api = api;

    internal async Task SendAsync(AstroRequest request, Func<IReadOnlyList<object?>, Task> onResult)
    {
        var path = await ResolvePathAsync(request.Path);
        var method = new HttpMethod(request.Method.ToUpperInvariant());
        var body = request.Body is null ? null : PlainJson.Write(request.Body);
        if (request.All)
        {
            await Paging.WalkAsync(offset => FetchAsync(request, method, path, offset), onResult);
            return;
        }

        var reply = await _api.SendAsync(_api.Request(method, ApiClient.WithQuery(path, request.Query)) with { Body = body });
        if (reply.Body.Length > 0)
            await onResult([Parse(reply, static root => PlainJson.Read(root))]);
    }

    private async Task<Page<object?>> FetchAsync(AstroRequest request, HttpMethod method, string path, int offset)
    {
        var reply = await _api.SendAsync(_api.Request(method, ApiClient.WithQuery(path, PlainPages.GetQuery(request, offset, "100"))));
        return Parse(reply, static root => PlainPages.Read(root, "totalCount")) ?? throw PlainPages.NotPaged(request);
    }

    private static T Parse<T>(ApiReply reply, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw ApiFailure.Unreadable(reply, "it is not JSON");
        }
    }

    private async Task<string> ResolvePathAsync(string path)
    {
        var relative = path.TrimStart('/');
        if (relative.StartsWith("v1/", StringComparison.OrdinalIgnoreCase))
            relative = relative.Substring(3);
        if (RelativePath.FindFault(relative, "/v1/") is { } fault)
            throw Invalid(path, fault);

        var connection = _api.Call.Connection;
        if (relative.Contains("{organizationId}"))
            relative = relative.Replace("{organizationId}", (await new Organizations(_api).GetCurrentAsync()).Id);
        relative = Fill(relative, "{workspaceId}", connection.Workspace, nameof(Strings.WorkspaceRequired), Strings.WorkspaceRequired);
        relative = Fill(relative, "{deploymentId}", connection.Deployment, nameof(Strings.DeploymentRequired), Strings.DeploymentRequired);
        return RelativePath.Encode(relative);
    }

    private string Fill(string path, string placeholder, AstroPlace? place, string errorId, string error)
    {
        if (!path.Contains(placeholder))
            return path;
        var name = _api.Call.Connection.Name;
        return place is null
            ? throw new AstroException(errorId, Strings.Format(error, name), AstroErrorCategory.InvalidArgument, name)
            : path.Replace(placeholder, place.Id);
    }

    private static AstroException Invalid(string path, string why) =>
        new(nameof(Strings.InvalidPath), Strings.Format(Strings.InvalidPath, path, why), AstroErrorCategory.InvalidArgument, path);
}
