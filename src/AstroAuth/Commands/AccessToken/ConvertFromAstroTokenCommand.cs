using System.Management.Automation;
using System.Security;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.AccessToken;

/// <summary>Tells offline what a token says of itself; never the token.</summary>
[Cmdlet(VerbsData.ConvertFrom, "AstroToken")]
[OutputType(typeof(AstroTokenInfo))]
public sealed class ConvertFromAstroTokenCommand : AstroCmdlet
{
    /// <summary>The token: an API token, a user's access token, or one that Get-AstroAccessToken gave.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SecretArgument(AcceptsText = true)]
    public SecureString? Token { get; set; }

    /// <inheritdoc />
    protected override void Process() => WriteAll([Engine.ReadToken(Token!)]);
}
