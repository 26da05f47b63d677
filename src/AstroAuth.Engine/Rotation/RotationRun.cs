using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Rotation;

/// <summary>A planned run over some tokens: several at a time, the connection's own at the end.</summary>
internal sealed class RotationRun : IAstroRotationRun
{
    private readonly AstroPlace _organization;
    private readonly AstroRotationRequest _request;
    private readonly Runner _runner;
    private readonly TokenTable _table;
    private readonly List<RotationJob> _jobs;

    internal RotationRun(AstroPlace organization, AstroRotationRequest request, Runner runner, TokenTable table, List<RotationJob> jobs)
    {
        _organization = organization;
        _request = request;
        _runner = runner;
        _table = table;
        _jobs = jobs;
        Candidates = jobs.ConvertAll(j => j.Candidate);
    }

    public IReadOnlyList<AstroRotationCandidate> Candidates { get; }

    public async Task RunAsync(AstroCall call, ISecretVault vault, Func<AstroTokenRotation, AstroException?, Task> onResult)
    {
        var run = _runner.Begin();
        try
        {
            var api = new ApiClient(call);
            var scene = new RotationScene(api, _organization, _request, _runner, _table) { Run = run };
            var wanted = _jobs.Where(j => j.Candidate.IsWanted).ToList();

            // Its value changes under the feet of the others: they come first.
            var own = wanted.Where(j => OwnToken.IsIt(scene, j.OldId)).ToList();
            await RunAllAsync(wanted.Except(own).ToList(), scene, vault, onResult);
            await RunAllAsync(own, scene, vault, onResult);
        }
        finally
        {
            _runner.End(run);
        }
    }

    private async Task RunAllAsync(List<RotationJob> jobs, RotationScene scene, ISecretVault vault, Func<AstroTokenRotation, AstroException?, Task> onResult)
    {
        using var places = new SemaphoreSlim(Math.Max(1, _request.ThrottleLimit));
        var stop = scene.Api.Call.CancellationToken;
        await Task.WhenAll(jobs.Select(RunOneAsync));

        async Task RunOneAsync(RotationJob job)
        {
            await places.WaitAsync(stop);
            try
            {
                var (result, failure) = await job.RunAsync(scene, vault);
                if (!job.IsExtra || failure is not null)
                    await onResult(result, failure);
                else
                    scene.Api.Call.Sink.Verbose($"The old token '{result.Name}' ({result.OldId}): {result.Status}, {result.Reason}.");
            }
            finally
            {
                places.Release();
            }
        }
    }
}
