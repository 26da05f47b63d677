using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Api;

/// <summary>Calls paths of the v1 API for one call of a cmdlet, with JSON in and out.</summary>
internal sealed class ApiClient
{
    internal ApiClient(AstroCall call)
    {
        Call = call;
        Session = (AstroSession)call.Connection.Session;
    }

    internal AstroCall Call { get; }

    internal AstroSession Session { get; }

    /// <summary>The same, not to be stopped, for what has to be seen through; it may take this long at most.</summary>
    internal ApiClient Unstoppable(int timeoutSec) => new(new AstroCall(
        Call.Connection.WithTimeout(Math.Min(Call.Connection.TimeoutSec, timeoutSec)),
        Call.Sink,
        CancellationToken.None));

    internal Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type)
        where T : class => ReadAsync(Request(HttpMethod.Get, path), type);

    /// <summary>Changes something in a way that may be repeated.</summary>
    internal Task<T> UpdateAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type)
        where T : class =>
        ReadAsync(Request(HttpMethod.Post, path) with { Body = JsonSerializer.SerializeToUtf8Bytes(body, bodyType), IsSafeToRepeat = true }, type);

    /// <summary>Makes something: never repeated unless Astro certainly did nothing.</summary>
    internal Task<T> CreateAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type)
        where T : class =>
        ReadAsync(Request(HttpMethod.Post, path) with { Body = JsonSerializer.SerializeToUtf8Bytes(body, bodyType) }, type);

    /// <summary>Makes something with a request that has no body.</summary>
    internal Task<T> CreateAsync<T>(string path, JsonTypeInfo<T> type)
        where T : class =>
        ReadAsync(Request(HttpMethod.Post, path), type);

    internal Task DeleteAsync(string path) => SendAsync(Request(HttpMethod.Delete, path));

    internal ApiRequest Request(HttpMethod method, string path) => new(method, new Uri(Session.Domain.Root, "v1/" + path));

    /// <exception cref="AstroException">Astro answered with a failure, or no answer came.</exception>
    internal async Task<ApiReply> SendAsync(ApiRequest request)
    {
        var reply = await Session.Transport.SendAsync(request, Call);
        return reply.IsSuccess ? reply : throw ApiFailure.From(reply, Call, Session);
    }

    /// <summary>A path with its query; names and values are encoded.</summary>
    internal static string WithQuery(string path, IEnumerable<KeyValuePair<string, string>> query)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var parameter in query)
        {
            text.Append(separator).Append(Uri.EscapeDataString(parameter.Key)).Append('=').Append(Uri.EscapeDataString(parameter.Value));
            separator = '&';
        }

        return text.ToString();
    }

    private async Task<T> ReadAsync<T>(ApiRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var reply = await SendAsync(request with { ReadBody = (stream, token) => WholeAnswers.ReadAsync(stream, type, token) });
            return reply.Result as T ?? throw ApiFailure.Unreadable(reply, "it is empty");
        }
        catch (JsonException e)
        {
            throw ApiFailure.Unreadable(new ApiReply(request, 200), $"it is not the JSON of the contract ({e.Path ?? "at its start"})");
        }
    }
}
