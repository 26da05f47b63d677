using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Diagnostics;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine;

/// <content>What is known of the machine and of the way to Astro.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public Task<AstroDiagnosticEndpoint> ExamineAsync(string domain, int timeoutSec, IAstroSink sink, CancellationToken cancellationToken) =>
        new EndpointExamination(domain, _clock).RunAsync(timeoutSec, sink, cancellationToken);

    /// <inheritdoc />
    public string? FindCaFileProblem()
    {
        try
        {
            TrustedRoots.FromEnvironment().Check();
            return null;
        }
        catch (AstroException e)
        {
            return e.Message;
        }
    }
}
