using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;

namespace AstroAuth.Benchmarks;

/// <summary>A bare sequential HttpClient and System.Text.Json loop over the pages of a list; returns the count.</summary>
public abstract class BareListCmdlet : PSCmdlet
{
    private static readonly HttpClient Client = new();

    /// <summary>The list's address without a query.</summary>
    [Parameter(Mandatory = true)]
    public Uri Address { get; set; } = null!;

    /// <summary>The bearer.</summary>
    [Parameter(Mandatory = true)]
    public System.Security.SecureString Token { get; set; } = null!;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        var bearer = new System.Net.NetworkCredential("", Token).Password;
#pragma warning disable VSTHRD002 // A bare loop waits where it stands; that is what is measured.
        WriteObject(Task.Run(() => ListAsync(bearer)).GetAwaiter().GetResult());
#pragma warning restore VSTHRD002
    }

    private protected abstract Task<int> ListAsync(string bearer);

    private protected async Task<int> WalkAsync<TPage, TItem>(string bearer, JsonTypeInfo<TPage> type, Func<TPage, (List<TItem> Items, int Total)> open)
    {
        var all = new List<TItem>();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Address}?limit=1000&offset={all.Count}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync();
            var (items, total) = open((await JsonSerializer.DeserializeAsync(stream, type))!);
            all.AddRange(items);
            if (items.Count == 0 || all.Count >= total)
                return all.Count;
        }
    }
}
