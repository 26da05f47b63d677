using AstroAuth.Engine.Rotation;
using AstroAuth.Engine.Tests.Engine;

namespace AstroAuth.Engine.Tests.Rotation;

internal sealed partial class World
{
    /// <summary>An engine that passes for a machine of its own.</summary>
    private sealed class Machine(string host)
    {
        private readonly AstroEngine _engine = new(new TestClock(), new Runner(host: host));

        /// <summary>Rotates what is there under that name and gives what was said about it.</summary>
        public async Task<string> RotateAsync(World world, bool inPlace, bool withGrace)
        {
            var sink = new RecordingSink();
            var connection = _engine.Open(new AstroConnectionRequest
            {
                Name = host, Domain = world.Domain, Kind = AstroCredentialKind.ApiToken, Secret = SecureStrings.Conceal(world._runner),
                Source = AstroCredentialSource.Parameter, SourceDetail = "-Secret", TimeoutSec = 60,
            });
            var call = new AstroCall(connection, sink, CancellationToken.None);
            var said = new List<string>();
            try
            {
                var run = await _engine.PlanRotationAsync(call, new AstroRotationRequest
                {
                    NameMatches = name => name.StartsWith(world._name, StringComparison.Ordinal),
                    Strategy = inPlace ? AstroRotationStrategy.InPlace : AstroRotationStrategy.Overlap,
                    GracePeriod = withGrace ? s_grace : TimeSpan.Zero,
                });
                foreach (var candidate in run.Candidates)
                {
                    candidate.Vault = "V";
                    candidate.SecretName = world._name;
                }

                await run.RunAsync(call, world._vault, (result, failure) =>
                {
                    said.Add($"{result.OldId} {result.Status} {result.Reason} {failure?.ErrorId}");
                    return Task.CompletedTask;
                });
            }
            catch (AstroException e)
            {
                said.Add($"Failed {e.ErrorId} {e.Message}");
            }

            return string.Join("; ", said);
        }
    }

    private string Domain => emulator.Domain;
}
