using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiToken;

/// <summary>Changes the name or the description of API tokens; Astro lets nothing else of a token change.</summary>
[Cmdlet(VerbsCommon.Set, "AstroApiToken", SupportsShouldProcess = true)]
[OutputType(typeof(AstroApiToken))]
public sealed class SetAstroApiTokenCommand : AstroConnectedCmdlet
{
    /// <summary>The id of the token.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApiTokenIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>The new name, 1 to 256 characters. Not taken from the pipeline, which carries the present one.</summary>
    [Parameter]
    [ValidateLength(1, 256)]
    public string? Name { get; set; }

    /// <summary>The new description, at most 500 characters; an empty text clears it.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateLength(0, 500)]
    public string? Description { get; set; }

    /// <summary>Return the token.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (Name is null && Description is null)
            throw new AstroException(nameof(Strings.NothingToSet), Strings.Format(Strings.NothingToSet, "-Name or -Description"), AstroErrorCategory.InvalidArgument, Id);
        var isWanted = true;
        var token = await Engine.UpdateApiTokenAsync(
            call,
            new ApiTokenUpdate { Id = Id, Name = Name, Description = Description },
            async current => isWanted = await Pump.InvokeAsync(() => ShouldProcess($"{current}", Action())));
        if (isWanted)
            await GiveAsync(token, PassThru);
    }

    private string Action() =>
        (Name is null ? "" : $"Rename to '{Name}'")
        + (Name is null || Description is null ? "" : ", ")
        + (Description is null ? "" : Description.Length == 0 ? "Clear the description" : $"Describe as '{Description}'");
}
