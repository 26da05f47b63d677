using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Connection;

/// <summary>Makes a connection the runspace's default.</summary>
[Cmdlet(VerbsCommon.Select, "AstroConnection")]
[OutputType(typeof(AstroConnection))]
public sealed class SelectAstroConnectionCommand : AstroCmdlet
{
    /// <summary>The connection's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Return the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        Connections.Select(Name);
        if (PassThru)
            WriteAll([Connections.Get(Name)]);
    }
}
