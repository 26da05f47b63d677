using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>What the engine knows of the machine and of the way to Astro.</summary>
public interface IAstroDiagnostics
{
    /// <summary>Tells how a domain is reached; a failure is in the result.</summary>
    /// <param name="domain">The domain as a user writes it.</param>
    /// <param name="timeoutSec">How long the question may take, in seconds; 0 not to ask.</param>
    /// <param name="sink">Where to report.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<AstroDiagnosticEndpoint> ExamineAsync(string domain, int timeoutSec, IAstroSink sink, CancellationToken cancellationToken);

    /// <summary>Why the file that ASTRO_CA_FILE names cannot be used; null when it can, or when there is none.</summary>
    string? FindCaFileProblem();
}
