using System.Text.Json.Serialization;

namespace AstroAuth.Emulator.Airflow;

/// <summary>The JSON of Airflow: other names than Astro's, and what is nothing is there as null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VersionView))]
[JsonSerializable(typeof(Dag1View))]
[JsonSerializable(typeof(Dag2View))]
[JsonSerializable(typeof(Dags1Page))]
[JsonSerializable(typeof(Dags2Page))]
[JsonSerializable(typeof(Run1View))]
[JsonSerializable(typeof(Run2View))]
[JsonSerializable(typeof(Runs1Page))]
[JsonSerializable(typeof(Runs2Page))]
[JsonSerializable(typeof(Problem1))]
[JsonSerializable(typeof(Problem2))]
[JsonSerializable(typeof(InvalidBody))]
internal sealed partial class AirflowJson : JsonSerializerContext;
