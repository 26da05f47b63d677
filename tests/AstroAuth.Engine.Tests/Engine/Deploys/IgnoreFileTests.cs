using System.Diagnostics;
using AstroAuth.Engine.Deploys.Bundles;
using FsCheck;
using FsCheck.Xunit;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>Ignore files are read as Airflow and Docker read them, and none can hang the module.</summary>
public sealed class IgnoreFileTests
{
    [Theory]
    [InlineData("*.md", "readme.md", true)]
    [InlineData("*.md", "docs/readme.md", false)]
    [InlineData("**/*.md", "readme.md", true)]
    [InlineData("**/*.md", "docs/deep/readme.md", true)]
    [InlineData("docs", "docs/deep/readme.md", true)]
    [InlineData("docs/", "docs/readme.md", true)]
    [InlineData("/docs", "docs/readme.md", true)]
    [InlineData("docs", "other/docs/readme.md", false)]
    [InlineData("docs", "docs2/readme.md", false)]
    [InlineData("./docs/../data", "data/a.csv", true)]
    [InlineData("data/?.csv", "data/a.csv", true)]
    [InlineData("data/?.csv", "data/ab.csv", false)]
    [InlineData("data/[a-c].csv", "data/b.csv", true)]
    [InlineData("data/[^a-c].csv", "data/b.csv", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("a**z", "a/b/z", true)]
    [InlineData("a*z", "a/b/z", false)]
    [InlineData(@"\*.py", "*.py", true)]
    [InlineData(@"\*.py", "a.py", false)]
    [InlineData("# comment", "# comment", false)]
    [InlineData("  spaced  ", "spaced", true)]
    [InlineData("*\n!keep.py", "keep.py", false)]
    [InlineData("*\n!keep.py", "drop.py", true)]
    [InlineData("docs\n!docs/api.md", "docs/api.md", false)]
    [InlineData("!a\na", "a", true)]
    public void astroignore_follows_dockerignore(string text, string path, bool isIgnored) =>
        Assert.Equal(isIgnored, AstroIgnore.Parse(text, "x").IsIgnored(path));

    [Fact]
    public void set_without_an_end_is_an_error_that_names_the_line() =>
        Assert.Contains("data/[a-", Assert.Throws<AstroException>(() => AstroIgnore.Parse("ok\ndata/[a-\n", "some/.astroignore")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("project_a", "x/project_a/dag.py", true)]
    [InlineData("tenant_[\\d]", "tenant_1.py", true)]
    [InlineData("tenant_[\\d]", "tenant_x.py", false)]
    [InlineData("^sub/", "a/sub/x.py", false)]
    [InlineData("\\.py$", "a/b.py", true)]
    [InlineData("(?P<n>ab)+", "xabab", true)]
    [InlineData("foo # why", "foo", true)]
    [InlineData("#foo", "#foo", false)]
    public void airflowignore_as_regular_expressions(string text, string path, bool isIgnored) =>
        Assert.Equal(isIgnored, Read(text, AstroIgnoreSyntax.Regexp).IsIgnored(path, isFolder: false));

    [Theory]
    [InlineData("*.py", "a/b.py", false, true)]
    [InlineData("/*.py", "a/b.py", false, false)]
    [InlineData("/*.py", "b.py", false, true)]
    [InlineData("utils/", "a/utils", true, true)]
    [InlineData("utils/", "a/utils", false, false)]
    [InlineData("a/utils", "a/utils", true, true)]
    [InlineData("a/utils", "b/a/utils", true, false)]
    [InlineData("**/x.py", "a/b/x.py", false, true)]
    [InlineData("a/**/x.py", "a/x.py", false, true)]
    [InlineData("*.py\n!dag.py", "dag.py", false, false)]
    [InlineData("!dag.py\n*.py", "dag.py", false, true)]
    [InlineData("\\!dag.py", "!dag.py", false, true)]
    [InlineData("[ab].py", "a.py", false, true)]
    public void airflowignore_as_globs(string text, string path, bool isFolder, bool isIgnored) =>
        Assert.Equal(isIgnored, Read(text, AstroIgnoreSyntax.Glob).IsIgnored(path, isFolder));

    [Fact]
    public void globs_of_a_folder_hold_below_it_and_regular_expressions_everywhere()
    {
        Assert.True(new AirflowIgnore().With("/x.py", "a/", AstroIgnoreSyntax.Glob, _ => { }).IsIgnored("a/x.py", false));
        Assert.False(new AirflowIgnore().With("/x.py", "a/", AstroIgnoreSyntax.Glob, _ => { }).IsIgnored("x.py", false));
        Assert.True(new AirflowIgnore().With("^a/x", "a/", AstroIgnoreSyntax.Regexp, _ => { }).IsIgnored("a/x.py", false));
    }

    [Fact]
    public void lines_that_cannot_be_read_are_told_and_passed_over_as_airflow_does()
    {
        var told = new List<string>();
        Assert.True(new AirflowIgnore().With("(\nfoo", "", AstroIgnoreSyntax.Regexp, told.Add).IsIgnored("foo.py", false));
        Assert.Equal(["("], told);
    }

    [Property(MaxTest = 300)]
    public void no_text_makes_a_reader_fail_otherwise_than_with_its_own_error(NonNull<string> text, NonNull<string> path)
    {
        Read(text.Get, AstroIgnoreSyntax.Glob).IsIgnored(path.Get, path.Get.Length % 2 == 0);
        try
        {
            Read(text.Get, AstroIgnoreSyntax.Regexp).IsIgnored(path.Get, false);
            AstroIgnore.Parse(text.Get, "x").IsIgnored(path.Get);
        }
        catch (AstroException e)
        {
            Assert.Equal("InvalidIgnoreFile", e.ErrorId);
        }
    }

    [Property(MaxTest = 100)]
    public void a_name_without_signs_is_a_pattern_for_itself(NonEmptyString name)
    {
        var plain = new string([.. name.Get.Where(char.IsAsciiLetterOrDigit)]) + "x";
        Assert.True(AstroIgnore.Parse(plain, "x").IsIgnored(plain));
        Assert.True(AstroIgnore.Parse(plain, "x").IsIgnored(plain + "/below"));
        Assert.False(AstroIgnore.Parse(plain, "x").IsIgnored(plain + "y"));
        Assert.True(Read(plain, AstroIgnoreSyntax.Glob).IsIgnored("any/" + plain, false));
    }

    [Fact]
    public void pattern_made_to_explode_does_not()
    {
        var stars = string.Concat(Enumerable.Repeat("**/*a*", 40)) + "b";
        var path = string.Join('/', Enumerable.Repeat(new string('a', 40), 40));
        var watch = Stopwatch.StartNew();
        Assert.False(AstroIgnore.Parse(stars, "x").IsIgnored(path));
        // A matcher that tries would need longer than the universe has been there.
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1));
    }

    private static AirflowIgnore Read(string text, AstroIgnoreSyntax syntax) => new AirflowIgnore().With(text, "", syntax, _ => { });
}
