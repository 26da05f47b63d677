using System.IO;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>The Astro CLI's config.yaml: read as the CLI writes it, refused with one clear error otherwise.</summary>
public sealed class CliConfigTests : IDisposable
{
    /// <summary>As the CLI writes it.</summary>
    internal const string Usual = """
        cloud:
            api:
                port: "443"
        context: astronomer_io
        contexts:
            astronomer_io:
                domain: astronomer.io
                expiresin: 2026-11-25T10:00:00.5Z
                issystemadmin: false
                last_used_workspace: clw2
                organization: clo1
                organization_product: HOSTED
                refreshtoken: the-refresh-token
                token: Bearer the-access-token
                user_email: someone@example.com
                workspace: clw1
            localhost:
                domain: localhost
                token: 'Bearer '
        local:
            core: http://localhost:9001/v1
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"astroauth-cli-{Guid.NewGuid():n}.yaml");
    private readonly AstroEngine _engine = new(new TestClock());

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void contexts_are_read_as_the_cli_writes_them()
    {
        var config = Read(Usual);
        Assert.Equal(_file, config.Path);
        Assert.Equal(["astronomer_io", "localhost"], config.Contexts.Select(c => c.Key));
        var production = config.Contexts[0];
        Assert.Equal("astronomer.io", production.Domain);
        Assert.Equal("clo1", production.OrganizationId);
        Assert.Equal("clw1", production.WorkspaceId);
        Assert.Equal("someone@example.com", production.User);
        Assert.True(production.IsCurrent);
        Assert.True(production.HasToken);
        Assert.True(production.HasRefreshToken);
    }

    [Fact]
    public void a_token_is_kept_only_when_it_is_asked_for()
    {
        Assert.Null(Read(Usual).Contexts[0].Token);
        Assert.Equal("Bearer the-access-token", SecureStrings.Reveal(Read(Usual, includeTokens: true).Contexts[0].Token!));
    }

    [Fact]
    public void the_word_bearer_alone_is_no_token()
    {
        var local = Read(Usual, includeTokens: true).Contexts[1];
        Assert.False(local.HasToken);
        Assert.False(local.HasRefreshToken);
        Assert.Null(local.Token);
        Assert.False(local.IsCurrent);
    }

    [Fact]
    public void a_control_plane_on_this_machine_has_the_address_of_local_core() =>
        Assert.Equal("localhost:9001", Read(Usual).Contexts[1].Domain);

    [Theory]
    [InlineData("context: astronomer.io", "contexts:\n  astronomer_io: {}", "astronomer.io", true)]
    [InlineData("context: other", "contexts:\n  astronomer_io:\n    Domain: cloud.astronomer.io\n", "cloud.astronomer.io", false)]
    [InlineData("", "contexts:\n  astronomer-dev_io:\n", "astronomer-dev.io", false)]
    public void what_is_missing_is_filled_in(string current, string contexts, string domain, bool isCurrent)
    {
        var context = Assert.Single(Read($"{current}\n{contexts}").Contexts);
        Assert.Equal(domain, context.Domain);
        Assert.Equal(isCurrent, context.IsCurrent);
        Assert.Null(context.OrganizationId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n# nothing yet\n")]
    [InlineData("context:\ncontexts:\n")]
    [InlineData("interactive: true\nlist: [1, {a: b}]\n")]
    public void a_file_without_contexts_has_none(string text) => Assert.Empty(Read(text).Contexts);

    [Fact]
    public void a_byte_order_mark_and_windows_line_ends_do_no_harm()
    {
        File.WriteAllText(_file, Usual.ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("clw1", _engine.ReadCliConfig(_file, false).Contexts[0].WorkspaceId);
    }

    [Theory]
    [InlineData("just words", "it is not a YAML map")]
    [InlineData("a: b: c", "near line 1")]
    [InlineData("contexts: [1, 2]\n", "it is not YAML", "[1, 2")]
    [InlineData("contexts: yes\n", "'contexts' is not a map")]
    [InlineData("contexts:\n  astronomer_io: token-as-text\n", "'astronomer_io' is not a map")]
    [InlineData("a: 1\nA: 2\n", "there twice, at line 2")]
    [InlineData("? [a, b]\n: c\n", "a name is missing")]
    [InlineData("contexts: {\"a\\nb\": {}}\n", "a name holds more than one line at line 1")]
    [InlineData("contexts:\n  a_io:\n    domain: \"astronomer.io\\nAll is well\"\n", "'domain' holds more than one line")]
    [InlineData("a: &x {b: c}\nd: *x\n", "alias at line 2")]
    [InlineData("a: \"\0\"\n", "it is not text")]
    public void what_is_no_such_file_is_one_clear_error(string text, string why, string? instead = null) =>
        Assert.Contains(why, Refuses(Encoding.UTF8.GetBytes(instead ?? text)), StringComparison.Ordinal);

    [Fact]
    public void another_encoding_a_huge_file_and_a_folder_are_refused()
    {
        Assert.Contains("it is not UTF-8 text", Refuses(Encoding.Latin1.GetBytes("context: à\n")), StringComparison.Ordinal);
        Assert.Contains("it is not", Refuses(Encoding.Unicode.GetBytes(Usual)), StringComparison.Ordinal);
        Assert.Contains("larger than 1024 KB", Refuses(Encoding.UTF8.GetBytes(new string('#', 1024 * 1024 + 1))), StringComparison.Ordinal);
        Assert.Equal("CliConfigUnreadable", Assert.Throws<AstroException>(() => _engine.ReadCliConfig(Path.GetTempPath(), false)).ErrorId);
        Assert.Equal("CliConfigNotFound", Assert.Throws<AstroException>(() => _engine.ReadCliConfig(_file + "/no/such", false)).ErrorId);
    }

    // Each of these would take minutes, or the stack, where it is read to its end.
    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    [InlineData('?')]
    public void endless_nesting_is_refused_early(char open) =>
        Assert.Contains("it is", Refuses(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open + " ", 500_000)))), StringComparison.Ordinal);

    [Fact]
    public void an_alias_bomb_does_not_go_off()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 60; i++)
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        Assert.Contains("alias at line 2", Refuses(Encoding.UTF8.GetBytes(bomb.ToString())), StringComparison.Ordinal);
    }

    [Property(MaxTest = 500)]
    public bool any_bytes_are_read_or_refused(byte[] bytes) => IsReadOrRefused(bytes ?? []);

    [Property(MaxTest = 1000)]
    public Property any_damage_to_a_file_is_read_or_refused_without_a_word_of_its_secrets() => Prop.ForAll(
        (from at in Gen.Choose(0, Usual.Length)
         from cut in Gen.Choose(0, 12)
         from put in Gen.Elements("", ":", "- ", "\"", "'", "{", "}", "[", "]", "&a ", "*a", "!x ", "|", ">", "\t", "\n", "? ", "<<: ", "%YAML", "---\n", "...\n", "#", "\u2028", "\ud83d\ude00")
         select Usual[..at] + put + Usual[Math.Min(Usual.Length, at + cut)..]).ToArbitrary(),
        text => IsReadOrRefused(Encoding.UTF8.GetBytes(text)));

    private bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(_file, bytes);
            return _engine.ReadCliConfig(_file, true).Contexts.All(c => c.Key.Length > 0 && (c.Token is null || c.HasToken));
        }
        catch (AstroException e)
        {
            return e.ErrorId == "CliConfigUnreadable" && e.InnerException is null
                && !e.Message.Contains("the-", StringComparison.Ordinal) && !e.Message.Any(char.IsControl);
        }
    }

    private AstroCliConfig Read(string text, bool includeTokens = false)
    {
        File.WriteAllText(_file, text);
        return _engine.ReadCliConfig(_file, includeTokens);
    }

    private string Refuses(byte[] bytes)
    {
        File.WriteAllBytes(_file, bytes);
        var failure = Assert.Throws<AstroException>(() => _engine.ReadCliConfig(_file, true));
        Assert.Equal("CliConfigUnreadable", failure.ErrorId);
        Assert.Equal(_file, failure.Target);
        return failure.Message;
    }
}
