using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Deploys;

/// <summary>
/// Uploads a blob to Azure's store (wire contract 5): whole, or in blocks of which each can be sent again by itself. The address
/// is the credential and is shown nowhere; nothing else identifies the caller there. One that ends in the middle is renewed, and
/// what was sent stays, because blocks belong to the blob and not to the address.
/// </summary>
internal sealed class BlobUpload
{
    private const string ApiVersion = "2021-12-02";
    // All ids of a blob have one length, also those that others left behind: Azure's own clients use 64 bytes.
    private const int IdBytes = 64;

    private readonly ApiClient _api;
    private readonly Func<Task<string?>> _renew;
    private string _address;
    private readonly byte[] _run = Guid.NewGuid().ToByteArray();
    private readonly List<string> _blocks = [];

    /// <param name="api">Whose transport and domain count.</param>
    /// <param name="address">Where to.</param>
    /// <param name="renew">Asks for a new address when that one is refused; null where there is none.</param>
    /// <exception cref="AstroException">UploadAddressRefused.</exception>
    internal BlobUpload(ApiClient api, string? address, Func<Task<string?>> renew)
    {
        _api = api;
        _renew = renew;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !IsSafe(uri))
            throw new AstroException(nameof(Strings.UploadAddressRefused), Strings.UploadAddressRefused, AstroErrorCategory.SecurityError, uri?.Host);
        _address = address!;
    }

    internal async Task<string> PutWholeAsync(ArraySegment<byte> content) =>
        Version(await SendAsync("", content, "application/octet-stream", [new("x-ms-blob-type", "BlockBlob")]));

    internal async Task PutBlockAsync(ArraySegment<byte> content)
    {
        var id = new byte[IdBytes];
        _run.CopyTo(id, 0);
        BitConverter.GetBytes(_blocks.Count).CopyTo(id, _run.Length);
        var text = Convert.ToBase64String(id);
        await SendAsync("&comp=block&blockid=" + Uri.EscapeDataString(text), content, "application/octet-stream", []);
        _blocks.Add(text);
    }

    /// <summary>Makes the blob of the blocks.</summary>
    internal async Task<string> CommitAsync()
    {
        var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        foreach (var id in _blocks)
            list.Append("<Latest>").Append(id).Append("</Latest>");
        list.Append("</BlockList>");
        return Version(await SendAsync("&comp=blocklist", new ArraySegment<byte>(Encoding.UTF8.GetBytes(list.ToString())), "application/xml", []));
    }

    private bool IsSafe(Uri address) => _api.Session.Domain.IsLoopback
        ? address.IsLoopback && address.Scheme is "http" or "https"
        : address.Scheme == "https";

    private async Task<ApiReply> SendAsync(string query, ArraySegment<byte> content, string contentType, KeyValuePair<string, string>[] headers)
    {
        var reply = await PutAsync(query, content, contentType, headers);
        if (reply.StatusCode == 403 && await TryRenewAsync())
            reply = await PutAsync(query, content, contentType, headers);
        return reply.IsSuccess ? reply : throw Refused(reply);
    }

    private Task<ApiReply> PutAsync(string query, ArraySegment<byte> content, string contentType, KeyValuePair<string, string>[] headers) =>
        _api.Session.Transport.SendAsync(
            new ApiRequest(HttpMethod.Put, new Uri(_address + query))
            {
                Part = content,
                ContentType = contentType,
                IsAnonymous = true,
                IsStorage = true,
                Headers = [new("x-ms-version", ApiVersion), .. headers],
            },
            _api.Call);

    // Of the same blob only: what was sent before is nowhere else.
    private async Task<bool> TryRenewAsync()
    {
        if (await _renew() is not { } renewed || renewed == _address)
            return false;
        if (!Uri.TryCreate(renewed, UriKind.Absolute, out var uri) || !IsSafe(uri) || uri.GetLeftPart(UriPartial.Path) != new Uri(_address).GetLeftPart(UriPartial.Path))
            return false;
        _api.Call.Sink.Verbose("The address of the upload has ended; Astro gave a new one, and the upload goes on.");
        _address = renewed;
        return true;
    }

    private static AstroException Refused(ApiReply reply)
    {
        var code = reply.Header("x-ms-error-code") is { } named ? " " + ApiFailure.OneLine(named) : "";
        var hint = reply.StatusCode switch
        {
            401 or 403 => "The address of the upload has ended or is not accepted; publish again.",
            >= 300 and < 400 => "A redirect was not followed; check the network for a proxy that answers in the store's place.",
            409 or 412 or 400 => "Somebody else may be publishing to the same deployment at this moment; publish again.",
            _ => "Publish again later.",
        };
        var host = reply.Request.Address.Host;
        return new AstroException(
            nameof(Strings.UploadRefused),
            Strings.Format(Strings.UploadRefused, host, reply.StatusCode, code, reply.Tries > 1 ? $"{reply.Tries} tries" : "1 try", hint),
            reply.StatusCode is 401 or 403 ? AstroErrorCategory.PermissionDenied : AstroErrorCategory.ResourceUnavailable,
            host);
    }

    private static string Version(ApiReply reply) => reply.Header("x-ms-version-id") is { Length: > 0 } version
        ? version
        : throw new AstroException(nameof(Strings.UploadVersionMissing), Strings.Format(Strings.UploadVersionMissing, reply.Request.Address.Host), AstroErrorCategory.ProtocolError, reply.Request.Address.Host);
}
