using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.ApiToken;

/// <summary>Removes API tokens from Astro for good; whoever uses one is locked out at once.</summary>
[Cmdlet(VerbsCommon.Remove, "AstroApiToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveAstroApiTokenCommand : AstroConnectedCmdlet
{
    /// <summary>The id of the token.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>Remove the token too that the connection itself uses.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (Id == Current.TokenId && !Force)
            throw new AstroException(nameof(Strings.OwnToken), Strings.Format(Strings.OwnToken, Id, Current.Name), AstroErrorCategory.InvalidOperation, Id);
        var token = await Engine.GetApiTokenAsync(call, Id);
        if (!await Pump.InvokeAsync(() => ShouldProcess(Describe(token), "Remove API token")))
            return;
        try
        {
            await Engine.DeleteApiTokenAsync(call, Id);
        }
        catch (AstroApiException e) when (e.StatusCode == 404)
        {
            // The answer to a first try was lost, or somebody was quicker; it was there a moment ago.
            call.Sink.Verbose($"The token {token} is gone already.");
        }

        Forget(SeenKind.ApiToken, Id);
    }

    private static string Describe(AstroApiToken token) =>
        $"{token}, {token.Scope.ToLowerInvariant()} token with {token.Roles}, "
        + (token.LastUsedOn is { } used ? $"last used {used.UtcDateTime:yyyy-MM-dd}" : "never used");
}
