using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Whatever is handed over as a token is read or refused with the module's own error.</summary>
public sealed class TokenReaderProperties
{
    private static readonly string[] s_claims = ["exp", "nbf", "iat", "sub", "iss", "aud", "permissions", "apiTokenId", "other"];

    [Property(MaxTest = 300)]
    public bool any_text_is_read_or_refused(string text) => IsReadOrRefused(text ?? "");

    [Property(MaxTest = 300)]
    public bool any_three_parts_are_read_or_refused(NonNull<string> middle) => IsReadOrRefused($"a.{middle.Get}.c");

    [Property(MaxTest = 300)]
    public bool any_bytes_as_claims_are_read_or_refused(byte[] claims) => IsReadOrRefused(Forge.TokenOf(claims ?? []));

    [Property(MaxTest = 500)]
    public Property any_json_object_as_claims_is_read_or_refused() => Prop.ForAll(
        Gen.ListOf(from name in Gen.Elements(s_claims)
                   from value in JsonTrees.Value(3)
                   select KeyValuePair.Create(name, value)).ToArbitrary(),
        claims => IsReadOrRefused(Forge.TokenOf("{" + string.Join(',', claims.Select(c => $"\"{c.Key}\":{JsonTrees.Text(c.Value)}")) + "}")));

    private static bool IsReadOrRefused(string text)
    {
        try
        {
            using var secret = SecureStrings.Conceal(text);
            return new AstroEngine().ReadToken(secret) is not null;
        }
        catch (AstroCredentialException e)
        {
            return !e.Message.Any(char.IsControl);
        }
    }
}
