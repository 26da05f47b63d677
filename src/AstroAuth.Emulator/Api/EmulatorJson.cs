using System.Text.Json;
using System.Text.Json.Serialization;
using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Api.Deployments;
using AstroAuth.Emulator.Api.Deploys;
using AstroAuth.Emulator.Control;
using AstroAuth.Emulator.Login;

namespace AstroAuth.Emulator.Api;

/// <summary>The JSON of everything the emulator answers, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ApiTokenView))]
[JsonSerializable(typeof(ApiTokensPage))]
[JsonSerializable(typeof(SubjectRoles))]
[JsonSerializable(typeof(OrganizationsPage))]
[JsonSerializable(typeof(WorkspacesPage))]
[JsonSerializable(typeof(DeploymentsPage))]
[JsonSerializable(typeof(DeploymentOptionsView))]
[JsonSerializable(typeof(ClustersPage))]
[JsonSerializable(typeof(DeploysPage))]
[JsonSerializable(typeof(UsersPage))]
[JsonSerializable(typeof(SelfView))]
[JsonSerializable(typeof(RolesPage))]
[JsonSerializable(typeof(RoleView))]
[JsonSerializable(typeof(IReadOnlyList<RoleDefinition>))]
[JsonSerializable(typeof(IReadOnlyList<PermissionGroup>))]
[JsonSerializable(typeof(AuthConfig))]
[JsonSerializable(typeof(UserInfo))]
[JsonSerializable(typeof(EmulatorState))]
[JsonSerializable(typeof(ClockAnswer))]
[JsonSerializable(typeof(FaultAnswer))]
[JsonSerializable(typeof(IReadOnlyList<FaultView>))]
[JsonSerializable(typeof(IReadOnlyList<RecordedRequest>))]
[JsonSerializable(typeof(IReadOnlyList<Sighting>))]
[JsonSerializable(typeof(MintedToken))]
[JsonSerializable(typeof(SettingsView))]
[JsonSerializable(typeof(AuthenticatesAnswer))]
[JsonSerializable(typeof(UploadedBundle))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<LoginSecret>))]
internal sealed partial class EmulatorJson : JsonSerializerContext;

/// <summary>Times as RFC 3339 in UTC, with the Z that Astro writes.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
