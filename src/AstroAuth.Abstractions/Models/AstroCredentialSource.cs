namespace AstroAuth;

/// <summary>Where the credential of a connection was found.</summary>
public enum AstroCredentialSource
{
    /// <summary>Given to the cmdlet.</summary>
    Parameter,

    /// <summary>Read from a SecretManagement vault.</summary>
    Vault,

    /// <summary>Read from environment variables.</summary>
    Environment,

    /// <summary>Made by signing in now.</summary>
    Login,

    /// <summary>Taken from a saved user session.</summary>
    Cache,

    /// <summary>Read from the Astro CLI's configuration file.</summary>
    AstroCli,
}
