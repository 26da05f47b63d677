using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.Connection;

/// <summary>Tells whether a connection works: true or false, or all there is to know with -Detailed.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AstroConnection")]
[OutputType(typeof(bool), typeof(AstroConnectionTest))]
public sealed class TestAstroConnectionCommand : AstroConnectedCmdlet
{
    /// <summary>The connection to test, as an object or by its name; without it the default one, or what the environment holds.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public override ConnectionReference? Connection { get; set; }

    /// <summary>Return who, what, where from, until when, and why not.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var test = await Engine.TestAsync(call);
        if (Detailed)
        {
            await WriteAsync([test]);
            return;
        }

        if (!test.Success)
            call.Sink.Verbose(test.Message ?? "");
        await WriteAsync([test.Success]);
    }
}
