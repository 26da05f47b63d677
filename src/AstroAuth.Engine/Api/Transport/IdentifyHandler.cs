using System.Net.Http;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>Says who calls, so that Astro's audit log can tell (wire contract 1.4).</summary>
internal sealed class IdentifyHandler : DelegatingHandler
{
    internal const string Client = "astroauth-powershell";

    private static readonly string Version = typeof(IdentifyHandler).Assembly.GetName().Version!.ToString(3);
    private static readonly string System =
        (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "windows" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "darwin" : "linux")
        + "-"
        + (RuntimeInformation.OSArchitecture == Architecture.X64 ? "amd64" : RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", $"AstroAuth/{Version}");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("x-astro-client-identifier", Client);
        request.Headers.TryAddWithoutValidation("x-astro-client-version", Version);
        request.Headers.TryAddWithoutValidation("x-client-os-identifier", System);
        return base.SendAsync(request, cancellationToken);
    }
}
