namespace AstroAuth.Emulator.Control;

/// <summary>The control API: for tests and curious people, open, and outside of faults, delays and the request log.</summary>
internal static class ControlApi
{
    public const string Root = "/_emulator";

    public static bool Owns(HttpRequest request) => request.Path.StartsWithSegments(Root);

    public static void Map(IEndpointRouteBuilder routes)
    {
        StateEndpoints.Map(routes);
        ClockEndpoints.Map(routes);
        FaultEndpoints.Map(routes);
        RequestEndpoints.Map(routes);
        MintEndpoints.Map(routes);
        SettingsEndpoints.Map(routes);
        WatchEndpoints.Map(routes);
        DeploymentControl.Map(routes);
        LoginSecretEndpoints.Map(routes);
    }
}
