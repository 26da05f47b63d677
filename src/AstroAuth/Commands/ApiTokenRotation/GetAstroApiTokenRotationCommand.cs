using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiTokenRotation;

/// <summary>Gives the rotations that are not finished and the old tokens that wait for their end.</summary>
[Cmdlet(VerbsCommon.Get, "AstroApiTokenRotation")]
[OutputType(typeof(AstroTokenRotation))]
public sealed class GetAstroApiTokenRotationCommand : AstroConnectedCmdlet
{
    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken) =>
        await WriteAsync(await Engine.ListRotationsAsync(call));
}
