using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Api;

/// <summary>Makes an error of an answer that is a failure (wire contract 3.1 and 3.2).</summary>
internal static class ApiFailure
{
    private const int LongestSnippet = 200;

    internal static AstroApiException From(ApiReply reply, AstroCall call, AstroSession session)
    {
        var error = TryRead(reply);
        var requestId = Plain(error?.RequestId ?? reply.RequestId);
        var fields = (error?.FieldErrors ?? []).Select(f => new AstroFieldError(Plain(f?.Code) ?? "", Plain(f?.Field) ?? "", Plain(f?.Message) ?? "")).ToList();
        var said = Say(Plain(error?.Message) ?? Describe(reply), fields, requestId);
        var method = reply.Request.Method.Method;
        var path = reply.Request.Path;
        var name = call.Connection.Name;

        var (id, category, message) = reply.StatusCode switch
        {
            >= 300 and < 400 => (nameof(Strings.Redirected), AstroErrorCategory.SecurityError,
                Strings.Format(Strings.Redirected, method, path, reply.StatusCode, reply.Location ?? "another place", session.Domain.Name)),
            400 => (nameof(Strings.InvalidRequest), AstroErrorCategory.InvalidArgument, Strings.Format(Strings.InvalidRequest, method, path, said)),
            401 => (nameof(Strings.Unauthorized), AstroErrorCategory.AuthenticationError,
                Strings.Format(Strings.Unauthorized, name, method, path, said) + Hint(session, said)),
            403 => (nameof(Strings.Forbidden), AstroErrorCategory.PermissionDenied, Strings.Format(Strings.Forbidden, name, method, path, said)),
            404 => (nameof(Strings.NotFound), AstroErrorCategory.ObjectNotFound, Strings.Format(Strings.NotFound, method, path, name, said)),
            409 or 412 => (nameof(Strings.Conflict), AstroErrorCategory.ResourceExists, Strings.Format(Strings.Conflict, method, path, said)),
            429 => (nameof(Strings.TooManyRequests), AstroErrorCategory.ResourceUnavailable,
                Strings.Format(Strings.TooManyRequests, method, path, requestId is null ? "" : $", request {requestId}", reply.RetryAfter is { } wait ? Days.Say(wait) : "a while")),
            >= 500 => (nameof(Strings.ServerError), AstroErrorCategory.ResourceUnavailable,
                Strings.Format(Strings.ServerError, method, path, reply.StatusCode, reply.Tries > 1 ? $"{reply.Tries} tries" : "1 try", said)),
            _ => (nameof(Strings.UnexpectedStatus), AstroErrorCategory.ProtocolError, Strings.Format(Strings.UnexpectedStatus, method, path, reply.StatusCode, said)),
        };
        return new AstroApiException(id, message, category, Target(path), reply.StatusCode, requestId, fields, method, path) { RetryAfter = reply.RetryAfter };
    }

    internal static AstroApiException Unreadable(ApiReply reply, string why)
    {
        var method = reply.Request.Method.Method;
        return new AstroApiException(
            nameof(Strings.InvalidResponse),
            Strings.Format(Strings.InvalidResponse, method, reply.Request.Path, why),
            AstroErrorCategory.ProtocolError,
            Target(reply.Request.Path),
            reply.StatusCode,
            reply.RequestId,
            [],
            method,
            reply.Request.Path);
    }

    // The last part of a path is the item, or the collection when there is no item.
    private static string Target(string path) => path.Substring(path.TrimEnd('/').LastIndexOf('/') + 1).TrimEnd('/');

    // Where Astro says itself what became of the token, a guess would only confuse.
    private static string Hint(AstroSession session, string said)
    {
        if (session.Credential.Kind == AstroCredentialKind.AccessToken)
            return $" Copy a fresh one from https://cloud.{session.Domain.Name}/token.";
        if (session.Credential is not { Kind: AstroCredentialKind.ApiToken, Info.TokenId: { } id })
            return "";
        return Regex.IsMatch(said, "expired|deleted|rotated|revoked", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
            ? $" It is the API token {id}."
            : $" The API token {id} may have been rotated or deleted, or belongs to another domain than {session.Domain.Name}.";
    }

    internal static string Say(string? message, List<AstroFieldError> fields, string? requestId)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrWhiteSpace(message))
            text.Append(": ").Append(message!.Trim().TrimEnd('.'));
        if (fields.Count > 0)
            text.Append(" [").Append(string.Join("; ", fields)).Append(']');
        if (requestId is not null)
            text.Append(" (request ").Append(requestId).Append(')');
        return text.Append('.').ToString();
    }

    private static ErrorAnswer? TryRead(ApiReply reply)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body, ErrorJson.Default.ErrorAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A gateway's page: its title, or the start of its text, in one line.
    internal static string Describe(ApiReply reply)
    {
        if (reply.Body.Length == 0)
            return "the answer has no body";
        var text = Encoding.UTF8.GetString(reply.Body, 0, Math.Min(reply.Body.Length, 4096));
        if (reply.MediaType == "text/html" || text.TrimStart().FirstOrDefault() == '<')
        {
            var title = Regex.Match(text, "<title>([^<]*)</title>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return "a web page answered, not Astro's API (a proxy or gateway?)" + (title.Success ? $", titled '{OneLine(title.Groups[1].Value)}'" : "");
        }

        return OneLine(text);
    }

    internal static string OneLine(string text)
    {
        var line = Plain(text)!;
        return line.Length <= LongestSnippet ? line : line.Remove(LongestSnippet) + "…";
    }

    // A server's words must not steer a terminal.
    internal static string? Plain(string? text) =>
        text is null ? null : Regex.Replace(text, @"[\s\p{C}]+", " ", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)).Trim();
}

/// <summary>The body of an error.</summary>
internal sealed record ErrorAnswer
{
    [JsonPropertyName("message")] public string? Message { get; init; }

    [JsonPropertyName("requestId")] public string? RequestId { get; init; }

    [JsonPropertyName("fieldErrors")] public List<FieldErrorAnswer?>? FieldErrors { get; init; }
}

/// <summary>What was wrong with one field.</summary>
internal sealed record FieldErrorAnswer
{
    [JsonPropertyName("code")] public string? Code { get; init; }

    [JsonPropertyName("field")] public string? Field { get; init; }

    [JsonPropertyName("message")] public string? Message { get; init; }
}

[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class ErrorJson : JsonSerializerContext;
