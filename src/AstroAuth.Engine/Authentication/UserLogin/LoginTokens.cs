using System;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>What a login or renewal gave: an access token and whose it is.</summary>
internal sealed record LoginTokens(string AccessToken, DateTimeOffset ExpiresOn, string AccountId, bool IsNew)
{
    // A record would print its members.
    public override string ToString() => "LoginTokens (hidden)";

    internal Bearer ToBearer() => new(AccessToken, ExpiresOn);
}
