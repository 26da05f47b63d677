using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.AccessToken;

/// <summary>Hands an access token to later steps of an Azure Pipelines or GitHub Actions job, hidden in the log.</summary>
[Cmdlet(VerbsData.Export, "AstroAccessToken", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ExportAstroAccessTokenCommand : AstroConnectedCmdlet
{
    /// <summary>The name of the variable that later steps read, of letters, digits and underscores.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string VariableName { get; set; } = "";

    /// <summary>Make it an output of the step, for later steps by the step's name, instead of a variable of the job.</summary>
    [Parameter]
    public SwitchParameter Output { get; set; }

    /// <summary>The least time the token must still live; one that lives shorter is renewed, or refused when it cannot be.</summary>
    [Parameter]
    [DaysArgument]
    public TimeSpan MinimumLifetime { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        CiVariable.Check(VariableName, Output);
        if (!await Pump.InvokeAsync(() => ShouldProcess(VariableName, Output ? "Set the step's output" : "Set the job's variable")))
            return;
        var token = await Engine.GetAccessTokenAsync(call, MinimumLifetime);
        await Pump.InvokeAsync(() =>
        {
            if (!CiVariable.TrySet(Host.UI, VariableName, SecureStrings.Reveal(token.Token), Output))
                throw new AstroException(nameof(Strings.MaskingImpossible), Strings.MaskingImpossible, AstroErrorCategory.SecurityError, token.Connection);
            WriteVerbose($"The access token of connection '{token.Connection}' is in {VariableName}, hidden in the log.");
            return true;
        });
    }
}
