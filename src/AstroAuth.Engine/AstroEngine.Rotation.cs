using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Rotation;

namespace AstroAuth.Engine;

public sealed partial class AstroEngine
{
    private readonly Runner _runner = new();

    /// <summary>Makes an engine that passes for another machine.</summary>
    internal AstroEngine(TimeProvider clock, Runner runner)
        : this(clock) => _runner = runner;

    /// <inheritdoc />
    public async Task<IAstroRotationRun> PlanRotationAsync(AstroCall call, AstroRotationRequest request) =>
        await (await OpenRotationAsync(call, request)).MakeAsync();

    /// <inheritdoc />
    public async Task<IReadOnlyList<AstroTokenRotation>> ListRotationsAsync(AstroCall call) =>
        await (await OpenRotationAsync(call, new AstroRotationRequest())).ListAsync();

    private async Task<RotationPlan> OpenRotationAsync(AstroCall call, AstroRotationRequest request)
    {
        var api = new ApiClient(call);
        return new RotationPlan(api, await new Organizations(api).GetCurrentAsync(), request, _runner);
    }
}
