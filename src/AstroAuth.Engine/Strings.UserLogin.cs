namespace AstroAuth.Engine;

internal static partial class Strings
{
    // Signing in with a device code
    internal const string DeviceCodeNotOffered = "The login service at {0} offers no sign-in with a device code; Astro's own does not either. Use Connect-Astro -NoBrowser: its link may be opened on another machine, and the address of the last page is pasted back. Or copy an access token from the web page (-AccessToken), or use an API token.";
    internal const string DeviceCodeExpired = "The code was not used within {0}. Run Connect-Astro -UseDeviceCode again for a new one.";
}
