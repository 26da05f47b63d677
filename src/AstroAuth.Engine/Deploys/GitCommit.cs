using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Deploys;

/// <summary>The commit that a folder is at, as far as git tells.</summary>
/// <param name="Git">What Astro is told.</param>
/// <param name="Subject">The first line of the commit's message.</param>
internal sealed record GitCommit(AstroDeployGit Git, string Subject)
{
    private const string JobVariables = "GITHUB_HEAD_REF GITHUB_REF_NAME SYSTEM_PULLREQUEST_SOURCEBRANCH BUILD_SOURCEBRANCH CI_COMMIT_REF_NAME";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Reads the commit; null where a folder is not exactly what a commit of a repository with an origin holds.</summary>
    internal static async Task<GitCommit?> TryReadAsync(string folder, IAstroSink sink, CancellationToken cancellationToken)
    {
        if (GitProgram.TryFind(folder) is not { } git)
            return None(sink, "there is no git on the PATH");
        if (await git.AskAsync("log -1 --format=%H%n%an%n%s", cancellationToken) is not { } log || log.Split('\n') is not { Length: >= 2 } commit)
            return None(sink, "the folder is in no git repository with a commit");
        // What was changed since, or was never added, is not what the commit would say it is.
        if (await git.AskAsync("status --porcelain --untracked-files=normal -- .", cancellationToken) is not { Length: 0 })
            return None(sink, "the folder has changes that are not committed");
        if (await git.AskAsync("remote get-url origin", cancellationToken) is not { Length: > 0 } remote)
            return None(sink, "the repository has no remote named origin");

        var branch = await git.AskAsync("symbolic-ref --short -q HEAD", cancellationToken) ?? BranchOfJob();
        var path = (await git.AskAsync("rev-parse --show-prefix", cancellationToken))?.TrimEnd('/');
        var facts = Describe(remote, commit[0].Trim()) with
        {
            Branch = string.IsNullOrEmpty(branch) ? null : branch,
            Path = string.IsNullOrEmpty(path) ? null : path,
            AuthorName = commit[1].Trim() is { Length: > 0 } author ? author : null,
        };
        return new GitCommit(facts, commit.Length > 2 ? commit[2].Trim() : "");
    }

    /// <summary>Says where a commit is: on GitHub by account and repository, elsewhere by the remote's address without a credential.</summary>
    internal static AstroDeployGit Describe(string remote, string sha)
    {
        // What comes after the path is no part of the repository's name, and may be a credential.
        var gitHub = Regex.Match(
            remote.Split('?', '#')[0],
            @"\A(?:(?:https?|ssh|git)://(?:[^/@]*@)?github\.com(?::\d+)?/|(?:[^/@:]*@)?github\.com:)(?<account>[^/\s]+)/(?<repo>[^/\s]+?)(?:\.git)?/?\z",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            Patience);
        if (!gitHub.Success)
            return new AstroDeployGit { Provider = "GENERIC", CommitSha = sha, RemoteUrl = WithoutCredential(remote) };
        var (account, repo) = (gitHub.Groups["account"].Value, gitHub.Groups["repo"].Value);
        return new AstroDeployGit
        {
            Provider = "GITHUB", CommitSha = sha, Account = account, Repo = repo, CommitUrl = $"https://github.com/{account}/{repo}/commit/{sha}",
        };
    }

    /// <summary>A remote's address without user, password and query, each of which can be a credential.</summary>
    internal static string WithoutCredential(string remote)
    {
        var scheme = remote.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            // user@host:path: the user is git, or whoever; a path of this machine is nobody's business.
            var at = remote.IndexOf('@');
            return at >= 0 && remote.IndexOf(':', at) > at ? remote.Substring(at + 1) : "local:" + Path.GetFileName(remote.TrimEnd('/', '\\'));
        }

        var begin = scheme + 3;
        var end = remote.IndexOfAny(['/', '?', '#'], begin);
        var host = end < 0 ? remote.Substring(begin) : remote.Substring(begin, end - begin);
        var path = end < 0 ? "" : remote.Substring(end).Split('?', '#').First();
        return string.Concat(remote.Substring(0, begin), host.Substring(host.LastIndexOf('@') + 1), path);
    }

    // CI services check a commit out without a branch and say elsewhere which it was.
    private static string? BranchOfJob()
    {
        var name = JobVariables.Split(' ').Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return name?.StartsWith("refs/heads/", StringComparison.Ordinal) == true ? name.Substring(11) : name;
    }

    private static GitCommit? None(IAstroSink sink, string why)
    {
        sink.Verbose($"Astro is told of no commit: {why}.");
        return null;
    }
}
