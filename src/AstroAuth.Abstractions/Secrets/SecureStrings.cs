using System;
using System.Runtime.InteropServices;
using System.Security;

namespace AstroAuth;

/// <summary>Looks into secure strings for as short a time as it takes; for both sides of the wall.</summary>
internal static class SecureStrings
{
    internal static bool AreEqual(SecureString? left, SecureString? right) =>
        left is not null && right is not null && left.Length == right.Length && string.Equals(Reveal(left), Reveal(right), StringComparison.Ordinal);

    internal static string Reveal(SecureString secret)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    internal static SecureString Conceal(string secret)
    {
        var concealed = new SecureString();
        foreach (var character in secret)
            concealed.AppendChar(character);
        concealed.MakeReadOnly();
        return concealed;
    }
}
