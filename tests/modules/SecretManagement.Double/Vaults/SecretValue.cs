using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>The shapes a secret takes between vault and caller.</summary>
internal static class SecretValue
{
    /// <summary>ConvertTo-SecureString takes no more.</summary>
    private const int LongestSecureString = 65_536;

    /// <summary>One value out of what a vault wrote: an unrolled byte[] put together again, else the first.</summary>
    public static object? FromOutput(IReadOnlyList<object?> output) =>
        output.All(item => item is byte) ? output.Cast<byte>().ToArray() : output[0];

    public static object? Protect(object secret) => secret switch
    {
        string text => Secure(text),
        Hashtable table => Map(table, value => value is string text ? Secure(text) : value),
        _ => secret,
    };

    public static object? Reveal(object secret) => secret switch
    {
        SecureString secure => Plain(secure),
        Hashtable table => Map(table, value => value is SecureString secure ? Plain(secure) : value),
        _ => secret,
    };

    private static string Plain(SecureString value) => new NetworkCredential("", value).Password;

    /// <summary>Null for what a SecureString of the real module cannot hold, without any error.</summary>
    private static SecureString? Secure(string text)
    {
        if (text.Length is 0 or > LongestSecureString)
            return null;
        SecureString secure = new();
        foreach (char one in text)
            secure.AppendChar(one);
        secure.MakeReadOnly();
        return secure;
    }

    private static Hashtable Map(Hashtable table, Func<object?, object?> change)
    {
        Hashtable copy = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
            copy[entry.Key] = change(entry.Value is System.Management.Automation.PSObject wrapped ? wrapped.BaseObject : entry.Value);
        return copy;
    }
}
