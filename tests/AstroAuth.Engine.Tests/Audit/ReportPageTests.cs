using System.Globalization;
using System.IO;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Audit;

/// <summary>The report in a real browser: nothing from outside, nothing goes wrong, and it does what it shows.</summary>
public sealed class ReportPageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("astroauth-report-");

    public void Dispose() => _folder.Delete(recursive: true);

    [ChromiumFact]
    public async Task page_of_hostile_tokens_loads_nothing_runs_nothing_of_theirs_and_sorts()
    {
        var tokens = ReportTests.Hostile().Concat(Enumerable.Range(0, 9).Select(i => AuditCase.Good(t =>
            (t.Name, t.ExpiresOn, t.LastUsedOn) = ($"t{i}", AuditCase.Days(5 + (40 * i)), i == 0 ? null : AuditCase.Days(-i))))).ToArray();
        var file = Path.Combine(_folder.FullName, "report.html");
        await File.WriteAllTextAsync(file, ReportTests.Write(ReportTests.Report(tokens), AstroReportFormat.Html));
        await using var page = await ChromiumPage.OpenAsync(new Uri(file));

        Assert.Equal("undefined", await page.EvaluateAsync("window.hacked"));
        Assert.Equal(ReportTests.HostileNames[0], await page.EvaluateAsync("document.querySelector('[id=token-" + tokens[0].Id + "] bdi').textContent"));
        Assert.Equal(tokens.Length.ToString(CultureInfo.InvariantCulture), await page.EvaluateAsync("document.querySelectorAll('table.tokens tbody tr').length"));

        // The script of the page is the only one that may run.
        Assert.Equal("undefined", await page.EvaluateAsync("var s = document.createElement('script'); s.textContent = 'window.hacked = 2'; document.body.appendChild(s); window.hacked"));
        Assert.Contains(page.Errors, e => e.Contains("Content Security Policy", StringComparison.Ordinal));
        page.Errors.Clear();

        const string columnOf = "[...document.querySelectorAll('table.tokens tbody tr')].map(r => r.cells[{0}].getAttribute('data-v')).map(Number)";
        foreach (var column in (int[])[3, 4, 5])
        {
            var values = columnOf.Replace("{0}", column.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            await page.EvaluateAsync($"document.querySelectorAll('table.tokens th button')[{column}].click()");
            Assert.Equal("True", await page.EvaluateAsync($"{values}.every((v, i, all) => !i || all[i - 1] <= v)"));
            Assert.Equal("ascending", await page.EvaluateAsync($"document.querySelectorAll('table.tokens th')[{column}].getAttribute('aria-sort')"));
            await page.EvaluateAsync($"document.querySelectorAll('table.tokens th button')[{column}].click()");
            Assert.Equal("True", await page.EvaluateAsync($"{values}.every((v, i, all) => !i || all[i - 1] >= v)"));
        }

        await page.EvaluateAsync("var box = document.querySelector('input[type=search]'); box.value = 't3'; box.dispatchEvent(new Event('input'))");
        Assert.Equal("t3", await page.EvaluateAsync("[...document.querySelectorAll('table.tokens tbody tr')].filter(r => !r.hidden && r.offsetHeight > 0).map(r => r.querySelector('bdi').textContent).join()"));
        Assert.Equal($"1 of {tokens.Length} tokens", await page.EvaluateAsync("document.querySelector('output').textContent"));

        var light = await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor");
        await page.EmulateAsync("", "dark");
        Assert.NotEqual(light, await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));
        await page.EmulateAsync("print", "dark");
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("none", await page.EvaluateAsync("getComputedStyle(document.getElementById('tools')).display"));

        Assert.Equal("True", await page.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth + 1"));
        Assert.Empty(page.Errors);
        Assert.All(page.Requests, r => Assert.Matches("^(file:|data:)", r));
        Assert.NotEmpty(page.Requests);
    }
}
