using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Security;

namespace AstroAuth.Commands.Request;

/// <summary>
/// The token's value of a raw answer. It is a member of the answer's type and not of the answer itself, because
/// Export-Clixml writes all that an object itself holds, and does not encrypt a SecureString outside Windows.
/// </summary>
public static class AnswerSecret
{
    /// <summary>The type name of an answer that has a value.</summary>
    internal const string TypeName = "AstroAuth.AnswerWithToken";

    private static readonly ConditionalWeakTable<PSObject, SecureString> Values = new();

    /// <summary>The value of an answer; what the member <c>token</c> gives.</summary>
    /// <param name="answer">An answer of Invoke-AstroRequest.</param>
    /// <returns>The value, or null when the answer has none.</returns>
    public static SecureString? Get(PSObject answer) => Values.TryGetValue(answer, out var value) ? value : null;

    internal static void Set(PSObject answer, SecureString value)
    {
        Values.Add(answer, value);
        answer.TypeNames.Insert(0, TypeName);
    }
}
