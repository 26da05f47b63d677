using System.IO;
using System.Reflection;
using AstroAuth.Engine;
using AstroAuth.Hosting;

namespace AstroAuth.Desktop.Tests;

/// <summary>The loader's answers. Mono finds what lies beside a DLL without asking, so they are asked for here.</summary>
public sealed class LoaderTests
{
    private static readonly Assembly s_engine = typeof(AstroEngine).Assembly;

    [Theory]
    [InlineData("System.Text.Json, Version=6.0.0.10, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51", "System.Text.Json")]
    [InlineData("System.ValueTuple, Version=4.0.5.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51", "System.ValueTuple")]
    [InlineData("Polly.Core", "Polly.Core")]
    public void library_that_the_payload_asks_for_comes_from_it_whatever_version_it_names(string asked, string name) =>
        Assert.Equal(Path.Combine(Program.Payload, name + ".dll"), Resolve(asked, s_engine)?.Location);

    [Fact]
    public void models_are_those_that_the_cmdlets_have() =>
        Assert.Same(typeof(AstroConnection).Assembly, Resolve("AstroAuth.Abstractions, Version=0.0.0.1", s_engine));

    [Fact]
    public void what_the_payload_lacks_is_left_to_others() => Assert.Null(Resolve("Some.Other.Library", s_engine));

    [Fact]
    public void other_modules_get_no_answer()
    {
        Assert.Null(Resolve("System.Text.Json", typeof(LoaderTests).Assembly));
        Assert.Null(Resolve("System.Text.Json", null));
    }

    private static Assembly? Resolve(string asked, Assembly? requester) => DesktopLoader.Resolve(Program.Payload, new ResolveEventArgs(asked, requester));
}
