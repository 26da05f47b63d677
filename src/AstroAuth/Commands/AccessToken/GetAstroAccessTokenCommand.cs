using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.AccessToken;

/// <summary>Hands out an access token, for example for the Airflow REST API.</summary>
[Cmdlet(VerbsCommon.Get, "AstroAccessToken")]
[OutputType(typeof(AstroAccessToken), typeof(string))]
public sealed class GetAstroAccessTokenCommand : AstroConnectedCmdlet
{
    /// <summary>Return the value as a plain string. In Azure Pipelines and GitHub Actions it is hidden in the log first.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>The least time the token must still live; one that lives shorter is renewed, or refused when it cannot be.</summary>
    [Parameter]
    [DaysArgument]
    public TimeSpan MinimumLifetime { get; set; }

    // The common case, a token at hand, takes no thread and no pump.
    internal override bool TryProcess(AstroConnection connection)
    {
        if (Engine.TryGetAccessToken(connection, MinimumLifetime) is not { } token)
            return false;
        Write(token);
        return true;
    }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        var token = await Engine.GetAccessTokenAsync(call, MinimumLifetime);
        await Pump.InvokeAsync(() =>
        {
            Write(token);
            return true;
        });
    }

    private void Write(AstroAccessToken token)
    {
        if (!AsPlainText)
        {
            // Who types it at the prompt looks at it; a script, or `pwsh -Command` whose whole text is its first line, wants the
            // value, and not to wait for the views.
            if (MyInvocation is { CommandOrigin: CommandOrigin.Runspace, HistoryId: > 1 })
                Views.EnsureFormats(Connections);
            WriteObject(token);
            return;
        }

        var value = SecureStrings.Reveal(token.Token);
        if (!CiHost.TryMask(Host.UI, value))
            throw new AstroException(nameof(Strings.MaskingImpossible), Strings.MaskingImpossible, AstroErrorCategory.SecurityError, token.Connection);
        WriteObject(value);
    }
}
