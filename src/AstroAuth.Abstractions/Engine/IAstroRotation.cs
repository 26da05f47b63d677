using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>New values for API tokens, so that none is lost.</summary>
public interface IAstroRotation
{
    /// <summary>Looks up the tokens that are meant and what is to be done with each. Nothing is changed.</summary>
    /// <exception cref="AstroException">Astro refused or could not be reached.</exception>
    Task<IAstroRotationRun> PlanRotationAsync(AstroCall call, AstroRotationRequest request);

    /// <summary>Gives the rotations that are not finished and the old tokens that wait for their end.</summary>
    /// <exception cref="AstroException">Astro refused or could not be reached.</exception>
    Task<IReadOnlyList<AstroTokenRotation>> ListRotationsAsync(AstroCall call);
}

/// <summary>A run that has been planned.</summary>
public interface IAstroRotationRun
{
    /// <summary>The tokens, in the order they were asked for.</summary>
    IReadOnlyList<AstroRotationCandidate> Candidates { get; }

    /// <summary>Does what was planned for all candidates that are still <see cref="AstroRotationCandidate.IsWanted" />.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="vault">The vaults.</param>
    /// <param name="onResult">Gets one result a candidate, in the order they end, with the failure if there was one.</param>
    /// <exception cref="OperationCanceledException">The call was stopped; what had begun was undone or seen through.</exception>
    Task RunAsync(AstroCall call, ISecretVault vault, Func<AstroTokenRotation, AstroException?, Task> onResult);
}
