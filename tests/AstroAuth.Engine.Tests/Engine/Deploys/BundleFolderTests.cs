using System.IO;
using AstroAuth.Engine.Deploys.Bundles;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>What of a folder goes, what stays and why.</summary>
public sealed class BundleFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void files_go_sorted_by_their_paths_whatever_the_culture()
    {
        foreach (var path in (string[])["b.py", "a/z.py", "a.py", "B.py", "a/ä.py", "data/x.csv"])
            _folder.Write(path);
        Assert.Equal(["B.py", "a.py", "a/z.py", "a/ä.py", "b.py", "data/x.csv"], Sent());
        Assert.Equal(5, Read().CodeCount);
    }

    [Fact]
    public void what_never_belongs_into_a_bundle_stays()
    {
        foreach (var path in (string[])["dag.py", ".git/config", "sub/.git", "__pycache__/dag.cpython-312.pyc", "old.pyc", ".venv/bin/python", "tools/pyvenv.cfg", "tools/x.py", ".mypy_cache/a", ".DS_Store"])
            _folder.Write(path);
        Assert.Equal(["dag.py"], Sent());
        Assert.Contains(("tools/", "a virtual environment"), Read().LeftOut);
    }

    [Theory]
    [InlineData(".env")]
    [InlineData("conf/.env.production")]
    [InlineData("prod.env")]
    [InlineData("certs/server.PEM")]
    [InlineData("id_rsa")]
    [InlineData("gcp/service-account-prod.json")]
    [InlineData(".aws/credentials")]
    public void what_looks_like_a_secret_stays_unless_asked_for(string path)
    {
        _folder.Write("dag.py");
        _folder.Write(path);
        Assert.Equal(["dag.py"], Sent());
        Assert.Equal([path], Read().Sensitive);
        Assert.Contains(path, Sent(new BundleRules(AstroIgnoreSyntax.Glob, IncludeSensitive: true, false)));
    }

    [Theory]
    [InlineData(".env.example")]
    [InlineData("environment.py")]
    [InlineData("keys.py")]
    public void what_only_sounds_like_one_goes(string path)
    {
        _folder.Write(path);
        Assert.Equal([path], Sent());
    }

    [Fact]
    public void astroignore_leaves_out_and_takes_back_below_a_folder()
    {
        foreach (var path in (string[])["dag.py", "docs/a.md", "docs/keep.md", "notes.txt"])
            _folder.Write(path);
        _folder.Write(".astroignore", "docs\n!docs/keep.md\nnotes.txt\n");
        Assert.Equal(["dag.py", "docs/keep.md"], Sent());
    }

    [Fact]
    public void files_of_the_project_count_with_the_path_from_there()
    {
        _folder.Write(".astro/config.yaml", "project:\n");
        _folder.Write(".astro/deployignore", "dags/internal\n");
        _folder.Write(".astroignore", "dags/*.txt\nx.py\n");
        foreach (var path in (string[])["dags/x.py", "dags/a.txt", "dags/internal/y.py"])
            _folder.Write(path);
        Assert.Equal(["x.py"], BundleFolder.Read(Path.Combine(_folder.Path, "dags"), Rules()).Entries.Select(e => e.Path));
    }

    [Fact]
    public void code_that_airflow_passes_over_stays_but_what_dags_read_or_import_goes()
    {
        _folder.Write(".airflowignore", "helpers/\nsql/\n/drafts\n");
        _folder.Write("dag.py", "from helpers.db import (\n    connect,\n)\n");
        _folder.Write("helpers/__init__.py");
        _folder.Write("helpers/db.py", "from . import pool\n");
        _folder.Write("helpers/pool.py");
        _folder.Write("helpers/unused.py");
        _folder.Write("sql/load.sql");
        _folder.Write("drafts/new_dag.py");
        Assert.Equal([".airflowignore", "dag.py", "helpers/__init__.py", "helpers/db.py", "helpers/pool.py", "sql/load.sql"], Sent());
        Assert.Equal(1, Read().CodeCount);
        Assert.Contains(("drafts/new_dag.py", "left out by .airflowignore"), Read().LeftOut);
        Assert.Contains("helpers/unused.py", Sent(new BundleRules(AstroIgnoreSyntax.Glob, false, IncludeAirflowIgnored: true)));
    }

    [Fact]
    public void the_syntax_decides_what_an_airflowignore_means()
    {
        _folder.Write(".airflowignore", "draft.*\n");
        _folder.Write("my_draft_dag.py");
        _folder.Write("dag.py");
        Assert.Contains("my_draft_dag.py", Sent());
        Assert.DoesNotContain("my_draft_dag.py", Sent(new BundleRules(AstroIgnoreSyntax.Regexp, false, false)));
    }

    [Fact]
    public void regular_expression_that_takes_too_long_is_an_error()
    {
        _folder.Write(".airflowignore", "^(a+)+$\n");
        _folder.Write(new string('a', 60) + "!.py");
        var failure = Assert.Throws<AstroException>(() => Read(AstroIgnoreSyntax.Regexp));
        Assert.Equal("InvalidIgnoreFile", failure.ErrorId);
    }

    [Fact]
    public void links_inside_go_as_links_seen_from_where_they_lie()
    {
        _folder.Write("common/lib.py");
        _folder.Link("team/lib.py", "../common/lib.py");
        _folder.Link("absolute.py", Path.Combine(_folder.Path, "common", "lib.py"));
        _folder.Link("team/all", "../common");
        _folder.Link("team/chain.py", "all/lib.py");
        Assert.Equal(
            [("absolute.py", "common/lib.py"), ("common/lib.py", null), ("team/all", "../common"), ("team/chain.py", "../common/lib.py"), ("team/lib.py", "../common/lib.py")],
            Read().Entries.Select(e => (e.Path, e.LinkTarget)));
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("../outside.py")]
    [InlineData("../no-such-file")]
    [InlineData("up/outside.py")]
    public void links_that_leave_the_folder_are_refused(string target)
    {
        using var parent = new TemporaryFolder();
        parent.Write("outside.py");
        // A neighbour whose name begins as the folder's does is outside too.
        parent.Write("dags-other/x.py");
        parent.Write("dags/dag.py");
        if (target.StartsWith("up/", StringComparison.Ordinal))
            parent.Link("dags/sub/up", "../..");
        parent.Link("dags/link.py", target == "up/outside.py" ? "sub/up/outside.py" : target);
        var failure = Assert.Throws<AstroException>(() => BundleFolder.Read(Path.Combine(parent.Path, "dags"), Rules()));
        Assert.Equal("LinkLeavesFolder", failure.ErrorId);
        Assert.Equal(AstroErrorCategory.SecurityError, failure.Category);
    }

    [Fact]
    public void neighbour_with_a_longer_name_is_outside()
    {
        using var parent = new TemporaryFolder();
        parent.Write("dags-other/x.py");
        parent.Write("dags/dag.py");
        parent.Link("dags/link.py", "../dags-other/x.py");
        Assert.Equal("LinkLeavesFolder", Assert.Throws<AstroException>(() => BundleFolder.Read(Path.Combine(parent.Path, "dags"), Rules())).ErrorId);
    }

    [Fact]
    public void link_to_a_folder_around_it_is_refused_because_airflow_would_refuse_it()
    {
        _folder.Write("a/dag.py");
        _folder.Link("a/loop", "../a");
        Assert.Equal("LinkIsLoop", Assert.Throws<AstroException>(() => Read()).ErrorId);
    }

    [Fact]
    public void links_to_nothing_and_to_what_stays_stay_too_and_are_told()
    {
        _folder.Write("dag.py");
        _folder.Write("key.pem");
        _folder.Link("gone.py", "no-such.py");
        _folder.Link("key", "key.pem");
        _folder.Link("round", "round");
        Assert.Equal(["dag.py"], Sent());
        Assert.Equal(3, Read().Warnings.Count);
    }

    [Fact]
    public void folder_that_is_itself_a_link_is_the_folder_it_leads_to()
    {
        using var parent = new TemporaryFolder();
        _folder.Write("dag.py");
        _folder.Link("same.py", "dag.py");
        parent.Link("dags", _folder.Path);
        Assert.Equal(["dag.py", "same.py"], BundleFolder.Read(Path.Combine(parent.Path, "dags"), Rules()).Entries.Select(e => e.Path));
    }

    [Theory]
    [InlineData("no-such-folder", "FolderNotFound")]
    [InlineData("file.py", "NotAFolder")]
    public void what_is_no_folder_is_an_error(string path, string errorId)
    {
        _folder.Write("file.py");
        Assert.Equal(errorId, Assert.Throws<AstroException>(() => BundleFolder.Read(Path.Combine(_folder.Path, path), Rules())).ErrorId);
    }

    public void Dispose() => _folder.Dispose();

    private static BundleRules Rules(AstroIgnoreSyntax syntax = AstroIgnoreSyntax.Glob) => new(syntax, false, false);

    private BundleFolder Read(AstroIgnoreSyntax syntax = AstroIgnoreSyntax.Glob) => BundleFolder.Read(_folder.Path, Rules(syntax));

    private IEnumerable<string> Sent(BundleRules? rules = null) => BundleFolder.Read(_folder.Path, rules ?? Rules()).Entries.Select(e => e.Path);
}
