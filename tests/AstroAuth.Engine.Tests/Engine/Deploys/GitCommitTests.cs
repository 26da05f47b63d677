using System.Diagnostics;
using AstroAuth.Engine.Deploys;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>Astro is told of the commit where the folder is just that, and never of a credential.</summary>
public sealed class GitCommitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("https://github.com/acme/etl.git")]
    [InlineData("https://x-access-token:ghs_secret@github.com/acme/etl")]
    [InlineData("https://github.com/acme/etl.git?access_token=secret#secret")]
    [InlineData("https://github.com/acme/etl/?secret")]
    [InlineData("git@github.com:acme/etl.git")]
    [InlineData("ssh://git@github.com/acme/etl.git")]
    public void github_is_account_and_repository(string remote)
    {
        var git = GitCommit.Describe(remote, "abc");
        Assert.Equal(("GITHUB", "acme", "etl", null, "https://github.com/acme/etl/commit/abc"), (git.Provider, git.Account, git.Repo, git.RemoteUrl, git.CommitUrl));
    }

    [Theory]
    [InlineData("https://user:secret@dev.azure.com/acme/_git/etl", "https://dev.azure.com/acme/_git/etl")]
    [InlineData("https://secret@git.example:8443/x.git?token=secret#secret", "https://git.example:8443/x.git")]
    [InlineData("https://git.example?secret", "https://git.example")]
    [InlineData("ssh://git:secret@git.example/x.git", "ssh://git.example/x.git")]
    [InlineData("secret@git.example:team/x.git", "git.example:team/x.git")]
    [InlineData("https://a@secret@git.example/x", "https://git.example/x")]
    [InlineData("/home/secret/repos/x.git", "local:x.git")]
    [InlineData("https://github.com.evil.example/acme/etl", "https://github.com.evil.example/acme/etl")]
    public void elsewhere_it_is_the_address_without_a_credential(string remote, string told)
    {
        var git = GitCommit.Describe(remote, "abc");
        Assert.Equal(("GENERIC", told), (git.Provider, git.RemoteUrl));
        Assert.DoesNotContain("secret", git.ToString() + git.RemoteUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task commit_is_told_while_the_folder_is_clean()
    {
        Repository();
        var commit = await Read();
        Assert.Equal(("GITHUB", "main", "dags", "Ada"), (commit!.Git.Provider, commit.Git.Branch, commit.Git.Path, commit.Git.AuthorName));
        Assert.Equal(Run("rev-parse HEAD"), commit.Git.CommitSha);
        Assert.Equal("Add a DAG – ünïcode", commit.Subject);

        // A change elsewhere in the repository does not matter; one in the folder does.
        _folder.Write("other.txt", "x");
        Assert.NotNull(await Read());
        _folder.Write("dags/new.py");
        Assert.Null(await Read());
    }

    [Fact]
    public async Task no_repository_no_commit_and_no_origin_are_no_failure()
    {
        _folder.Write("dags/dag.py");
        Assert.Null(await Read());
        Run("init -q -b main");
        Assert.Null(await Read());
        Repository();
        Run("remote remove origin");
        Assert.Null(await Read());
    }

    public void Dispose()
    {
        // Objects of git are read-only on Windows.
        foreach (var file in System.IO.Directory.EnumerateFiles(_folder.Path, "*", System.IO.SearchOption.AllDirectories))
            System.IO.File.SetAttributes(file, System.IO.FileAttributes.Normal);
        _folder.Dispose();
    }

    private void Repository()
    {
        _folder.Write("dags/dag.py");
        Run("init -q -b main");
        Run("remote add origin https://token:secret@github.com/acme/etl.git");
        Run("add -A");
        Run("-c user.name=Ada -c user.email=ada@example.com -c commit.gpgsign=false commit -q -m \"Add a DAG – ünïcode\"");
    }

    private Task<GitCommit?> Read() => GitCommit.TryReadAsync(System.IO.Path.Combine(_folder.Path, "dags"), new RecordingSink(), default);

    private string Run(string arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output.Trim();
    }
}
