namespace AstroAuth.Emulator.Hosting;

/// <summary>What the command line asks for.</summary>
internal sealed record EmulatorOptions
{
    public int Port { get; init; } = 8888;
    public int HttpsPort { get; init; }
    public string? CaFile { get; init; }
    public int SeedTokens { get; init; }
    public int SeedDeployments { get; init; }
    public int LatencyMilliseconds { get; init; }
    public int? ParentProcessId { get; init; }
    public bool DeviceCode { get; init; }
    public bool RsaKeys { get; init; }
    public bool Help { get; init; }
    public bool Version { get; init; }

    public const string Usage =
        """
        AstroAuth.Emulator: Astro's API and login on this machine's loopback address.

          --port N          http port; 0 picks a free one (default 8888)
          --https-port N    https port; 0 picks a free one (default 0)
          --ca-file PATH    where to write the certificate authority's PEM
                            (default: a private temporary file, deleted at exit)
          --seed-tokens N   add N API tokens more, for load (0 to 100000)
          --seed-deployments N
                            add N deployments more, for load (0 to 10000)
          --latency MS      delay every answer (0 to 60000)
          --device-code     offer sign-in with a device code, which Astro does not
          --rsa             RSA keys in the certificates, for clients that know no others
          --parent-pid N    end when that process is gone
          --help            this text
          --version         the version

        Ctrl+C ends it.

        """;

    /// <summary>Reads the arguments; a sentence about what is wrong comes back instead of an exception.</summary>
    public static (EmulatorOptions Options, string? Error) Parse(IReadOnlyList<string> arguments)
    {
        var options = new EmulatorOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name is "--help" or "-h")
                return (options with { Help = true }, null);
            if (name is "--version")
                return (options with { Version = true }, null);
            if (name is "--device-code")
            {
                options = options with { DeviceCode = true };
                continue;
            }

            if (name is "--rsa")
            {
                options = options with { RsaKeys = true };
                continue;
            }

            if (name is not ("--port" or "--https-port" or "--ca-file" or "--seed-tokens" or "--seed-deployments" or "--latency" or "--parent-pid"))
                return (options, $"'{name}' is not an option of the emulator. --help lists the options.");
            if (++i == arguments.Count)
                return (options, $"{name} needs a value. --help lists the options.");

            var value = arguments[i];
            if (name is "--ca-file")
            {
                if (string.IsNullOrWhiteSpace(value))
                    return (options, "--ca-file needs the path of a file.");
                options = options with { CaFile = value };
                continue;
            }

            var (least, most) = name switch
            {
                "--seed-tokens" => (0, 100_000),
                "--seed-deployments" => (0, 10_000),
                "--latency" => (0, 60_000),
                "--parent-pid" => (1, int.MaxValue),
                _ => (0, 65_535),
            };
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
                return (options, $"{name} needs a whole number from {least} to {most}, not '{value}'.");
            options = name switch
            {
                "--port" => options with { Port = number },
                "--https-port" => options with { HttpsPort = number },
                "--seed-tokens" => options with { SeedTokens = number },
                "--seed-deployments" => options with { SeedDeployments = number },
                "--latency" => options with { LatencyMilliseconds = number },
                _ => options with { ParentProcessId = number },
            };
        }

        if (options.Port != 0 && options.Port == options.HttpsPort)
            return (options, "--port and --https-port need two different ports.");
        return (options, null);
    }
}
