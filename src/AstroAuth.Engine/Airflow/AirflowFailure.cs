using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Airflow;

/// <summary>Makes an error of an answer of Airflow, or of the gateway before it, that is a failure.</summary>
internal static class AirflowFailure
{
    internal static AstroApiException From(ApiReply reply, AirflowSite site)
    {
        var (detail, fields) = Read(reply);
        var said = ApiFailure.Say(ApiFailure.Plain(detail) ?? ApiFailure.Describe(reply), fields, ApiFailure.Plain(reply.RequestId));
        var (id, text, category) = reply.StatusCode switch
        {
            >= 300 and < 400 => (nameof(Strings.AirflowRedirected), Strings.AirflowRedirected, AstroErrorCategory.SecurityError),
            401 => (nameof(Strings.AirflowUnauthorized), Strings.AirflowUnauthorized, AstroErrorCategory.AuthenticationError),
            403 => (nameof(Strings.AirflowForbidden), Strings.AirflowForbidden, AstroErrorCategory.PermissionDenied),
            // A gateway says with its 404 that nobody is behind it.
            404 when detail is not null => (nameof(Strings.AirflowNotFound), Strings.AirflowNotFound, AstroErrorCategory.ObjectNotFound),
            409 => (nameof(Strings.AirflowConflict), Strings.AirflowConflict, AstroErrorCategory.ResourceExists),
            400 or 405 or 422 => (nameof(Strings.AirflowInvalidRequest), Strings.AirflowInvalidRequest, AstroErrorCategory.InvalidArgument),
            _ => (nameof(Strings.AirflowUnavailable), Strings.AirflowUnavailable, AstroErrorCategory.ResourceUnavailable),
        };
        var method = reply.Request.Method.Method;
        var message = Strings.Format(text, site.Deployment.Name, site.Api.Call.Connection.Name, method, reply.Request.Path, said, reply.StatusCode);
        return new AstroApiException(
            id, message, category, site.Deployment.Name, reply.StatusCode, reply.RequestId, fields, method, reply.Request.Path) { RetryAfter = reply.RetryAfter };
    }

    internal static AstroApiException Unreadable(ApiReply reply, AirflowSite site, string why)
    {
        var method = reply.Request.Method.Method;
        return new AstroApiException(
            nameof(Strings.AirflowUnreadable),
            Strings.Format(Strings.AirflowUnreadable, site.Deployment.Name, method, reply.Request.Path, why),
            AstroErrorCategory.ProtocolError, site.Deployment.Name, reply.StatusCode, reply.RequestId, [], method, reply.Request.Path);
    }

    /// <summary>The detail of both generations: a sentence, or in Airflow 3 a list of what is wrong where.</summary>
    private static (string? Detail, List<AstroFieldError> Fields) Read(ApiReply reply)
    {
        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("detail", out var detail))
                return (null, []);
            return detail.ValueKind switch
            {
                JsonValueKind.String => (detail.GetString(), []),
                JsonValueKind.Array => ("the request is not valid", detail.EnumerateArray().Select(ReadField).ToList()),
                _ => (detail.GetRawText(), []),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, []);
        }
    }

    private static AstroFieldError ReadField(JsonElement part) => new(
        Text(part, "type"),
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("loc", out var place) && place.ValueKind == JsonValueKind.Array && place.GetArrayLength() > 0
            ? ApiFailure.Plain(place[place.GetArrayLength() - 1].ToString()) ?? "" : "",
        Text(part, "msg"));

    private static string Text(JsonElement part, string name) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var value) ? ApiFailure.Plain(value.ToString()) ?? "" : "";
}
