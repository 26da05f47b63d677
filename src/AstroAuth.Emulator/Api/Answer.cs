using System.Text.Json.Serialization.Metadata;

namespace AstroAuth.Emulator.Api;

/// <summary>Answers written with compile-time JSON.</summary>
internal static class Answer
{
    public static IResult Json<T>(T value, JsonTypeInfo<T> type) => Results.Json(value, type);
}
