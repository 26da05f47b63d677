namespace AstroAuth;

/// <summary>The web server of a deployment's Airflow.</summary>
public sealed class AstroWebServer
{
    /// <summary>CPU of one web server, in vCPU.</summary>
    public string Cpu { get; internal set; } = "";

    /// <summary>Memory of one web server, such as 2Gi.</summary>
    public string Memory { get; internal set; } = "";

    /// <summary>How many there are, or null when Astro does not say.</summary>
    public int? Replicas { get; internal set; }

    /// <summary>The host name that it is reached by, with its path.</summary>
    public string IngressHostname { get; internal set; } = "";

    /// <summary>CPU and memory.</summary>
    public override string ToString() => $"{Cpu} vCPU, {Memory}";
}
