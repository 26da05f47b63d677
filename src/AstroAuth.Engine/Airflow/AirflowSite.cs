using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Airflow;

/// <summary>The Airflow of one deployment: where its API is, which of the two it is, and calls to it (wire contract 7).</summary>
internal sealed class AirflowSite
{
    private readonly ApiClient _api;
    private readonly Uri _root;

    private AirflowSite(ApiClient api, AstroDeployment deployment, Uri root, string version)
    {
        _api = api;
        Deployment = deployment;
        _root = new Uri(root, $"api/{version}/");
        IsAirflow2 = version == "v1";
    }

    internal AstroDeployment Deployment { get; }

    /// <summary>Whether it is API v1 of Airflow 2; otherwise it is API v2 of Airflow 3.</summary>
    internal bool IsAirflow2 { get; }

    internal ApiClient Api => _api;

    /// <summary>Finds the API of a deployment's Airflow; a request is sent only where what Astro says of it does not fit together.</summary>
    /// <exception cref="AstroException">The deployment sleeps or is not ready, or its address cannot be right.</exception>
    internal static async Task<AirflowSite> OpenAsync(ApiClient api, AstroDeployment deployment)
    {
        if (deployment.Status == "HIBERNATING")
            throw Refuse(nameof(Strings.AirflowAsleep), Strings.Format(Strings.AirflowAsleep, deployment.Name), deployment);
        if (deployment.Status == "CREATING")
            throw Refuse(nameof(Strings.AirflowNotReady), Strings.Format(Strings.AirflowNotReady, deployment.Name, deployment.Status), deployment);

        var address = ReadAddress(api, deployment);
        var path = address.AbsolutePath.TrimEnd('/');
        var named = path.EndsWith("/api/v1", StringComparison.Ordinal) ? "v1" : path.EndsWith("/api/v2", StringComparison.Ordinal) ? "v2" : null;
        var root = new Uri(address, (named is null ? path : path.Remove(path.Length - "/api/v1".Length)) + "/");
        var expected = deployment.AirflowVersion.StartsWith("2.", StringComparison.Ordinal) ? "v1"
            : deployment.AirflowVersion.StartsWith("3.", StringComparison.Ordinal) ? "v2" : named;
        if (named is not null && named == expected)
            return new AirflowSite(api, deployment, root, named);

        foreach (var version in (string[])["v2", "v1"])
        {
            var site = new AirflowSite(api, deployment, root, version);
            if (await site.AnswersAsync())
                return site;
        }

        throw Refuse(nameof(Strings.AirflowVersionUnknown), Strings.Format(Strings.AirflowVersionUnknown, deployment.Name, root), deployment);
    }

    internal ApiRequest Request(HttpMethod method, string path) => new(method, new Uri(_root, path)) { BearerRoot = _root };

    internal async Task<T> ReadAsync<T>(ApiRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var reply = await SendAsync(request with { ReadBody = (stream, token) => WholeAnswers.ReadAsync(stream, type, token) });
            return reply.Result as T ?? throw AirflowFailure.Unreadable(reply, this, "it is empty");
        }
        catch (JsonException e)
        {
            throw AirflowFailure.Unreadable(new ApiReply(request, 200), this, e.Path ?? "at its start");
        }
    }

    internal Task<T> GetAsync<T>(string path, IEnumerable<KeyValuePair<string, string>> query, JsonTypeInfo<T> type)
        where T : class => ReadAsync(Request(HttpMethod.Get, ApiClient.WithQuery(path, query)), type);

    /// <exception cref="AstroException">Airflow answered with a failure, or no answer came.</exception>
    internal async Task<ApiReply> SendAsync(ApiRequest request)
    {
        var reply = await _api.Session.Transport.SendAsync(request, _api.Call);
        return reply.IsSuccess ? reply : throw AirflowFailure.From(reply, this);
    }

    /// <summary>An answer of any status, for who can make something of it.</summary>
    internal Task<ApiReply> TryAsync(ApiRequest request) => _api.Session.Transport.SendAsync(request, _api.Call);

    private async Task<bool> AnswersAsync() =>
        await TryAsync(Request(HttpMethod.Get, "version")) is { IsSuccess: true, MediaType: "application/json" };

    /// <summary>A bearer goes only over TLS, and to loopback only where Astro itself is there.</summary>
    private static Uri ReadAddress(ApiClient api, AstroDeployment deployment) =>
        Uri.TryCreate(deployment.ApiUrl, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
        && (api.Session.Domain.IsLoopback ? address.IsLoopback && address.Scheme is "http" or "https" : address.Scheme == "https" && !address.IsLoopback)
            ? address
            : throw new AstroException(
                nameof(Strings.AirflowAddressInvalid),
                Strings.Format(Strings.AirflowAddressInvalid, deployment.Name, ApiFailure.OneLine(deployment.ApiUrl)),
                AstroErrorCategory.SecurityError,
                deployment.Name);

    private static AstroException Refuse(string id, string message, AstroDeployment deployment) =>
        new(id, message, AstroErrorCategory.ResourceUnavailable, deployment.Name);
}
