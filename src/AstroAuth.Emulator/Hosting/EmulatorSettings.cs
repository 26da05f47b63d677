namespace AstroAuth.Emulator.Hosting;

/// <summary>What can be changed while the emulator runs.</summary>
internal sealed class EmulatorSettings
{
    public int AccessTokenLifetimeSeconds { get; set; } = 24 * 60 * 60;
    public bool EnforceRateLimits { get; set; }
    public int LatencyMilliseconds { get; set; }
    public bool RevokeOnRefreshReuse { get; set; } = true;
    public int CreateSeconds { get; set; } = 30;
    public int DeploySeconds { get; set; } = 10;
    public int RunQueuedSeconds { get; set; } = 5;
    public int RunRunningSeconds { get; set; } = 20;
    public int UploadUrlLifetimeSeconds { get; set; } = 60 * 60;
    public int AdvanceSecondsPerRequest { get; set; }
}

/// <summary>The addresses this emulator answers at.</summary>
internal sealed record EmulatorAddresses(int Port, int HttpsPort)
{
    public string Http => $"http://localhost:{Port}";
    public string Https => $"https://localhost:{HttpsPort}";
    public string Issuer => Http + "/";
}
