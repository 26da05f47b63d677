using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>How a folder becomes a bundle.</summary>
/// <param name="Syntax">How .airflowignore is read; null when it does not matter, as for other bundles than DAGs.</param>
/// <param name="IncludeSensitive">Take what looks like a secret.</param>
/// <param name="IncludeAirflowIgnored">Take what Airflow passes over.</param>
internal sealed record BundleRules(AstroIgnoreSyntax? Syntax, bool IncludeSensitive, bool IncludeAirflowIgnored);

/// <summary>Looks through a folder for what goes into its bundle.</summary>
internal sealed class BundleFolder
{
    private readonly string _folder;
    private readonly BundleRules _rules;
    private readonly List<AstroIgnore> _ignores;
    private readonly BundleLinks _links;
    private readonly List<BundleEntry> _hidden = [];
    private readonly List<BundleEntry> _found = [];

    private BundleFolder(string folder, BundleRules rules)
    {
        _folder = folder;
        _rules = rules;
        _ignores = AstroIgnore.Find(folder);
        _links = new BundleLinks(folder);
    }

    /// <summary>What goes, in the order of its paths.</summary>
    internal List<BundleEntry> Entries { get; private set; } = [];

    /// <summary>What stays here and why, in the order of its paths.</summary>
    internal List<(string Path, string Why)> LeftOut { get; } = [];

    /// <summary>What stays here because its name looks like a secret's.</summary>
    internal List<string> Sensitive { get; } = [];

    /// <summary>What the user should know although it goes on.</summary>
    internal List<string> Warnings { get; } = [];

    /// <summary>How many of the files Airflow looks through for DAGs.</summary>
    internal int CodeCount { get; private set; }

    /// <exception cref="AstroException">FolderNotFound, BundleUnreadable, InvalidIgnoreFile, LinkLeavesFolder or LinkIsLoop.</exception>
    internal static BundleFolder Read(string folder, BundleRules rules)
    {
        var full = Path.GetFullPath(folder);
        if (Path.GetPathRoot(full) != full)
            full = full.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        Require(full);
        var bundle = new BundleFolder(full, rules);
        try
        {
            bundle.Walk(new DirectoryInfo(full), "", new AirflowIgnore(), isHidden: false);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw IgnoreText.Invalid(AirflowIgnore.FileName, e.Pattern);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AstroException(nameof(Strings.BundleUnreadable), Strings.Format(Strings.BundleUnreadable, folder, e.Message), AstroErrorCategory.ReadError, folder);
        }

        bundle.Settle();
        return bundle;
    }

    /// <exception cref="AstroException">FolderNotFound or NotAFolder.</exception>
    internal static void Require(string folder)
    {
        if (Directory.Exists(folder))
            return;
        throw File.Exists(folder)
            ? new AstroException(nameof(Strings.NotAFolder), Strings.Format(Strings.NotAFolder, folder), AstroErrorCategory.InvalidArgument, folder)
            : new AstroException(nameof(Strings.FolderNotFound), Strings.Format(Strings.FolderNotFound, folder), AstroErrorCategory.ObjectNotFound, folder);
    }

    private void Walk(DirectoryInfo place, string path, AirflowIgnore airflow, bool isHidden)
    {
        var ignoreFile = Path.Combine(place.FullName, AirflowIgnore.FileName);
        if (_rules.Syntax is { } syntax && !isHidden && File.Exists(ignoreFile))
        {
            airflow = airflow.With(IgnoreText.Read(ignoreFile), path, syntax, line =>
                Warnings.Add($"Airflow passes over a line of '{path}{AirflowIgnore.FileName}' that is no {(syntax == AstroIgnoreSyntax.Glob ? "glob pattern" : "regular expression")}: {line}"));
        }

        foreach (var item in place.EnumerateFileSystemInfos())
        {
            var itemPath = path + item.Name;
            var isLink = BundleLinks.IsLink(item);
            var isFolder = item is DirectoryInfo && !isLink;
            if (WhyNot(item, itemPath, isFolder) is { } why)
                LeftOut.Add((itemPath + (isFolder ? "/" : ""), why));
            else if (isLink)
                AddLink(itemPath, item);
            else if (isFolder)
                Walk((DirectoryInfo)item, itemPath + "/", airflow, isHidden || airflow.IsIgnored(itemPath, isFolder: true));
            else
                AddFile(itemPath, (FileInfo)item, isHidden || airflow.IsIgnored(itemPath, isFolder: false));
        }
    }

    private string? WhyNot(FileSystemInfo item, string path, bool isFolder)
    {
        if (SensitiveNames.IsLeftover(item.Name))
            return "never part of a bundle";
        if (isFolder && File.Exists(Path.Combine(item.FullName, "pyvenv.cfg")))
            return "a virtual environment";
        if (path is AstroIgnore.FileName)
            return "speaks of the bundle";
        // Below a folder that is left out, a line with ! may take something back.
        if (_ignores.Exists(i => i.IsIgnored(path) && !(isFolder && i.HasExceptions)))
            return "left out by an ignore file";
        if (isFolder || _rules.IncludeSensitive || !SensitiveNames.Has(path))
            return null;
        Sensitive.Add(path);
        return "looks like a secret";
    }

    private void AddFile(string path, FileInfo file, bool isHidden)
    {
        var entry = new BundleEntry(path, file.FullName, file.Length);
        // Airflow passes over code alone; what else lies there is read by DAGs when they run.
        (isHidden && entry.IsCode ? _hidden : _found).Add(entry);
    }

    private void AddLink(string path, FileSystemInfo link)
    {
        if (_links.TryCreate(path, link) is { } entry)
            _found.Add(entry);
        else
            LeaveOutLink(path, "it points to nothing");
    }

    private void LeaveOutLink(string path, string why)
    {
        LeftOut.Add((path, why));
        Warnings.Add($"The link '{path}' was left out: {why}.");
    }

    private void Settle()
    {
        CodeCount = _found.Count(e => e.IsCode);
        if (_rules.IncludeAirflowIgnored)
        {
            _found.AddRange(_hidden);
            _hidden.Clear();
        }
        else if (_hidden.Count > 0)
        {
            _found.AddRange(BundleImports.TakeImported(_found.Where(e => e.IsCode), _hidden));
            LeftOut.AddRange(_hidden.Select(e => (e.Path, $"left out by {AirflowIgnore.FileName}")));
        }

        DropDeadLinks();
        _found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        LeftOut.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        Entries = _found;
    }

    // A link goes where what it points to goes.
    private void DropDeadLinks()
    {
        var links = _found.FindAll(e => e.LinkTarget is not null);
        if (links.Count == 0)
            return;
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in _found.Where(e => e.LinkTarget is null))
        {
            there.Add(entry.Path);
            for (var slash = entry.Path.LastIndexOf('/'); slash > 0 && there.Add(entry.Path.Substring(0, slash)); slash = entry.Path.LastIndexOf('/', slash - 1))
            {
            }
        }

        foreach (var link in links.FindAll(l => !there.Contains(BundleLinks.Resolve(l))))
        {
            _found.Remove(link);
            LeaveOutLink(link.Path, $"'{BundleLinks.Resolve(link)}', which it points to, does not go along");
        }
    }
}
