using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication;

/// <summary>A legacy Deployment API key: exchanged by client_credentials for an access token (wire contract 2.6).</summary>
internal sealed class DeploymentKeyCredential : RenewedCredential
{
    private readonly string _keySecret;
    private readonly string _source;

    internal DeploymentKeyCredential(string keyId, string keySecret, string source, TimeProvider clock)
        : base(clock)
    {
        KeyId = keyId;
        _keySecret = keySecret;
        _source = source;
    }

    /// <summary>The key's id, which is no secret.</summary>
    internal string KeyId { get; }

    internal override AstroCredentialKind Kind => AstroCredentialKind.DeploymentKey;

    // By its very nature, whatever the claims of the exchanged token say.
    internal override string Scope => "DEPLOYMENT";

    internal override bool IsSameAs(Credential other) =>
        other is DeploymentKeyCredential key && key.KeyId == KeyId && key._keySecret == _keySecret;

    private protected override Task<Bearer> RenewAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call) =>
        new LoginService(session, call).ExchangeAsync(KeyId, _keySecret, _source);
}
