using System;
using System.Security.Cryptography;
using System.Text;

namespace AstroAuth.Engine.Platform;

/// <summary>A few hexadecimal digits of a SHA-256, to tell texts apart.</summary>
internal static class ShortHash
{
    internal static string Of(string text, int digits)
    {
#if NET
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).Substring(0, digits).ToLowerInvariant();
#else
        using var sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(Encoding.UTF8.GetBytes(text))).Replace("-", "").Substring(0, digits).ToLowerInvariant();
#endif
    }
}
