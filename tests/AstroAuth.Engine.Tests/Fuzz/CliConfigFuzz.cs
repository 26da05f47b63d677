using System.IO;
using AstroAuth.Engine.Tests.Engine;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>Whatever the Astro CLI's config.yaml holds, it is read or refused, and each of its contexts becomes a connection or is refused.</summary>
public sealed class CliConfigFuzz : IDisposable
{
    private static readonly string s_usual = CliConfigTests.Usual.Replace("the-access-token", Forge.UserToken(Forge.Now.AddYears(20)));

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"astroauth-fuzz-{Guid.NewGuid():n}.yaml");
    private readonly AstroEngine _engine = new(new TestClock());

    public void Dispose() => File.Delete(_file);

    [Fact]
    public Task any_file_is_read_or_refused() => FuzzRun.CheckAsync(
        "configurations of the Astro CLI",
        100,
        Mutation.Of(System.Text.Encoding.UTF8.GetBytes(s_usual), "contexts: {a_io: {domain: astronomer.io, token: 'x'}, b: ~}\ncontext: a_io"u8.ToArray()),
        text =>
        {
            File.WriteAllBytes(_file, text);
            var config = _engine.ReadCliConfig(_file, includeTokens: true);
            foreach (var context in config.Contexts)
            {
                foreach (var includeToken in (bool[])[true, false])
                {
                    try
                    {
                        _engine.OpenCliContext(config, context, includeToken);
                    }
                    catch (AstroException e)
                    {
                        Assert.DoesNotContain(e.Message, char.IsControl);
                    }
                }
            }

            return config.Contexts.Count > 0;
        });
}
