using System.Security.Cryptography;
using System.Text;
using AstroAuth.Emulator.Hosting;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Blob;

/// <summary>Signed addresses of uploads: who has one may write that blob until it ends, and needs nothing else for it.</summary>
internal sealed class UploadAddress(TimeProvider clock, EmulatorSettings settings)
{
    public const string Root = "/blob";
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The addresses of a deploy: for DAGs where it brings them, or for its bundle.</summary>
    public (string? Dags, string? Bundle) Of(HttpRequest request, Deploy deploy, Deployment deployment) => deploy.Type switch
    {
        "BUNDLE" => (null, For(request, BlobPath.OfBundle(deployment, deploy.BundleMountPath!))),
        "DAG_ONLY" or "IMAGE_AND_DAG" when deployment.IsDagDeployEnabled => (For(request, BlobPath.OfDags(deployment)), null),
        _ => default,
    };

    /// <summary>The address for one blob, on another host name than the API's, as in Astro.</summary>
    private string For(HttpRequest request, string path)
    {
        var now = clock.GetUtcNow();
        var query = new Dictionary<string, string>
        {
            ["sv"] = "2024-05-04",
            ["st"] = Text(now.AddMinutes(-5)),
            ["se"] = Text(now.AddSeconds(settings.UploadUrlLifetimeSeconds)),
            ["sr"] = "b",
            ["sp"] = "cw",
        };
        query["sig"] = Sign(path, query["sv"], query["st"], query["se"], query["sr"], query["sp"]);
        var host = request.Host.Host == "127.0.0.1" ? "localhost" : "127.0.0.1";
        return $"{request.Scheme}://{host}:{request.Host.Port}{Root}/{path}?"
            + string.Join('&', query.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
    }

    /// <summary>Whether a request may write the blob now.</summary>
    public bool Admits(IQueryCollection query, string path)
    {
        var expected = Sign(path, query["sv"].ToString(), query["st"].ToString(), query["se"].ToString(), query["sr"].ToString(), query["sp"].ToString());
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(query["sig"].ToString()))
            && Time(query["st"].ToString()) <= clock.GetUtcNow() && clock.GetUtcNow() < Time(query["se"].ToString());
    }

    private string Sign(string path, params string[] parts) =>
        Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Join('\n', [path, .. parts]))));

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(
        text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
