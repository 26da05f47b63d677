using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AstroAuth.Emulator.Access;

/// <summary>The signing key of this run; another start has another one, so no token outlives the process.</summary>
internal sealed class SigningKeys : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);

    public SigningKeys()
    {
        Key = new RsaSecurityKey(_rsa) { KeyId = RandomNumberGenerator.GetHexString(16, lowercase: true) };
        Credentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256);
    }

    public RsaSecurityKey Key { get; }
    public SigningCredentials Credentials { get; }

    public void Dispose() => _rsa.Dispose();
}
