namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>Compares in a time that does not tell how much is right.</summary>
internal static class ConstantTime
{
    internal static bool AreEqual(string? given, string expected)
    {
        if (given is null || given.Length != expected.Length)
            return false;
        var difference = 0;
        for (var i = 0; i < expected.Length; i++)
            difference |= given[i] ^ expected[i];
        return difference == 0;
    }
}
