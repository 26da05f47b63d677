using System.Text.RegularExpressions;
using AstroAuth.Engine.Deploys.Bundles;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>Whatever an ignore file holds, it says of each path whether it is left out, or is refused.</summary>
public sealed class IgnoreFuzz
{
    private const string Usual = "# comment\n*.pyc\n!keep.pyc\n/tests/\n**/data/**\ndags/[a-c]?x*/y\nlogs/\n[!a]b\n\\#x\n\\!y \n../z\n";

    private static readonly string[] s_paths =
        ["a", "keep.pyc", "dags/abx1/y", "tests/unit/test_a.py", "data/x/y/z.csv", "é/😀 b.py", "#x", "a/b/c/d/e/f/g/h/i/j/k.py", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"];

    [Fact]
    public Task any_astroignore_is_read_or_refused() => FuzzRun.CheckAsync("lines of .astroignore", 100, Mutation.OfText(Usual), text =>
    {
        var rules = AstroIgnore.Parse(text, ".astroignore", "include/");
        return s_paths.Aggregate(true, (_, path) => rules.IsIgnored(path) || true);
    });

    [Fact]
    public Task any_airflowignore_is_read_line_by_line() => FuzzRun.CheckAsync("lines of .airflowignore", 50, Mutation.OfText(Usual, "project_a\ntenant_[\\d]\n(?P<n>a|b)+c\\Z\n^x.*y$\n# c\n"), text =>
    {
        var passedOver = 0;
        foreach (var syntax in Enum.GetValues<AstroIgnoreSyntax>())
        {
            var rules = new AirflowIgnore().With(text, "sub/", syntax, _ => passedOver++);
            foreach (var path in s_paths)
            {
                try
                {
                    rules.IsIgnored("sub/" + path, isFolder: path.Length == 1);
                }
                catch (RegexMatchTimeoutException)
                {
                    // Who walks the folder refuses the file then.
                    passedOver++;
                }
            }
        }

        return passedOver == 0;
    });
}
