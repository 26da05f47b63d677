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

    /// <summary>Whether a deploy that is under way is shown with a new upload address, which the API's description leaves open.</summary>
    public bool RenewUploadUrl { get; set; }
    public int AdvanceSecondsPerRequest { get; set; }

    /// <summary>Whether /v1 refuses tokens of the kind DIRECT_ACCESS; what Astro does is documented nowhere.</summary>
    public bool RefuseDirectAccess { get; set; }

    /// <summary>Whether the login offers device codes (RFC 8628), which Astro's does not.</summary>
    public bool DeviceCode { get; set; }
    public int DeviceCodeIntervalSeconds { get; set; } = 5;
    public int DeviceCodeLifetimeSeconds { get; set; } = 15 * 60;

    /// <summary>What is wrong with the id_tokens from now on; one of <see cref="Login.IdTokenFaults" />.</summary>
    public string IdToken { get; set; } = Login.IdTokenFaults.None;
}

/// <summary>The addresses this emulator answers at.</summary>
internal sealed record EmulatorAddresses(int Port, int HttpsPort)
{
    public string Http => $"http://localhost:{Port}";
    public string Https => $"https://localhost:{HttpsPort}";
    public string Issuer => Http + "/";
}
