using System;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>
/// Which of the files that Airflow passes over the DAGs import: .airflowignore says what holds no DAG, and modules that DAGs
/// share are just that. A name that comes up in an import is taken for the module, so that rather too much goes than too little.
/// </summary>
internal static class BundleImports
{
    private const string Imports = @"^[^\n#]*\bimport(?:_module|lib)?\b[^\n(]*(?:\([^)]*\))?";

    /// <summary>Takes those that are imported, directly or by one another, out of the hidden ones.</summary>
    /// <param name="sent">The files that go.</param>
    /// <param name="hidden">The files that Airflow passes over; what is imported is taken out.</param>
    /// <returns>What was taken out.</returns>
    internal static List<BundleEntry> TakeImported(IEnumerable<BundleEntry> sent, List<BundleEntry> hidden)
    {
        var taken = new List<BundleEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var toRead = new Queue<BundleEntry>(sent);
        while (hidden.Count > 0 && toRead.Count > 0)
        {
            while (toRead.Count > 0)
                AddNames(toRead.Dequeue(), names);
            foreach (var found in hidden.FindAll(e => names.Contains(ModuleName(e))))
            {
                hidden.Remove(found);
                taken.Add(found);
                toRead.Enqueue(found);
            }
        }

        return taken;
    }

    // A package is called as its folder is.
    private static string ModuleName(BundleEntry entry)
    {
        var name = Path.GetFileNameWithoutExtension(entry.Path);
        return name == "__init__" ? Path.GetFileName(entry.Folder.TrimEnd('/')) : name;
    }

    private static void AddNames(BundleEntry entry, HashSet<string> names)
    {
        if (!entry.Path.EndsWith(".py", StringComparison.Ordinal))
            return;
        try
        {
            var text = File.ReadAllText(entry.File);
            foreach (Match statement in Regex.Matches(text, Imports, RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)))
            {
                foreach (Match word in Regex.Matches(statement.Value, @"\w+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)))
                    names.Add(word.Value);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AstroException(nameof(Strings.BundleUnreadable), Strings.Format(Strings.BundleUnreadable, entry.Path, e.Message), AstroErrorCategory.ReadError, entry.Path);
        }
    }
}
