using System.IO;
using System.Text.Json;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>A saved session as JSON, member by member: the serializer would cost every resumed session more than its login library.</summary>
internal static class SavedSessionText
{
    internal static byte[] Write(SavedSession session)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString(nameof(session.Name), session.Name);
            json.WriteString(nameof(session.Domain), session.Domain);
            json.WriteString(nameof(session.Authority), session.Authority);
            json.WriteString(nameof(session.ClientId), session.ClientId);
            json.WriteString(nameof(session.Audience), session.Audience);
            json.WriteString(nameof(session.AccountId), session.AccountId);
            json.WriteString(nameof(session.Subject), session.Subject);
            json.WriteString(nameof(session.User), session.User);
            json.WriteString(nameof(session.OrganizationId), session.OrganizationId);
            json.WriteString(nameof(session.OrganizationName), session.OrganizationName);
            json.WriteString(nameof(session.WorkspaceId), session.WorkspaceId);
            json.WriteString(nameof(session.WorkspaceName), session.WorkspaceName);
            json.WriteString(nameof(session.LastUsedOn), session.LastUsedOn);
            json.WriteBoolean(nameof(session.IsProtected), session.IsProtected);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <exception cref="JsonException">It is no saved session.</exception>
    internal static SavedSession Read(byte[] text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement : throw new JsonException();
        return new SavedSession
        {
            Name = Text(nameof(SavedSession.Name)) ?? "",
            Domain = Text(nameof(SavedSession.Domain)) ?? "",
            Authority = Text(nameof(SavedSession.Authority)) ?? "",
            ClientId = Text(nameof(SavedSession.ClientId)) ?? "",
            Audience = Text(nameof(SavedSession.Audience)) ?? "",
            AccountId = Text(nameof(SavedSession.AccountId)) ?? "",
            Subject = Text(nameof(SavedSession.Subject)),
            User = Text(nameof(SavedSession.User)),
            OrganizationId = Text(nameof(SavedSession.OrganizationId)),
            OrganizationName = Text(nameof(SavedSession.OrganizationName)),
            WorkspaceId = Text(nameof(SavedSession.WorkspaceId)),
            WorkspaceName = Text(nameof(SavedSession.WorkspaceName)),
            LastUsedOn = root.TryGetProperty(nameof(SavedSession.LastUsedOn), out var on) && on.ValueKind == JsonValueKind.String && on.TryGetDateTimeOffset(out var time)
                ? time
                : throw new JsonException(),
            IsProtected = root.TryGetProperty(nameof(SavedSession.IsProtected), out var isProtected) && isProtected.ValueKind == JsonValueKind.True,
        };

        string? Text(string name) =>
            !root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw new JsonException();
    }
}
