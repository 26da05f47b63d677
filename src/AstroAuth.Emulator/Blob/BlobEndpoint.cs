using System.IO;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using AstroAuth.Emulator.Store;
using Microsoft.AspNetCore.Http.Features;

namespace AstroAuth.Emulator.Blob;

/// <summary>The object store that bundles are uploaded to: Put Blob, Put Block and Put Block List of Azure's Blob service.</summary>
internal static class BlobEndpoint
{
    private const int MostBytes = 1 << 30;
    private const int MostBlocks = 50_000;
    private static readonly string[] s_parameters = ["sv", "st", "se", "sr", "sp", "sig", "comp", "blockid", "timeout"];

    public static void Map(IEndpointRouteBuilder routes) => routes.Map(UploadAddress.Root + "/{**path}", AnswerAsync);

    private static async Task AnswerAsync(HttpContext context, BlobStore blobs, UploadAddress addresses)
    {
        var response = context.Response;
        response.Headers["x-ms-request-id"] = context.TraceIdentifier;
        response.Headers["x-ms-version"] = context.Request.Headers["x-ms-version"] is { Count: > 0 } version ? version : context.Request.Query["sv"];
        try
        {
            var path = (string)context.Request.RouteValues["path"]!;
            Admit(context.Request, addresses, path);
            await PutAsync(context, blobs, path);
        }
        catch (BlobProblem problem)
        {
            await problem.WriteAsync(context);
        }
    }

    private static void Admit(HttpRequest request, UploadAddress addresses, string path)
    {
        // The signature in the address is the whole credential; a bearer here is a secret told to the wrong server.
        if (request.Headers.Authorization.Count > 0)
            throw new BlobProblem(
                StatusCodes.Status401Unauthorized, "InvalidAuthenticationInfo", "The Authorization header does not belong on an upload.");
        if (!addresses.Admits(request.Query, path))
            throw new BlobProblem(
                StatusCodes.Status403Forbidden, "AuthenticationFailed", "The signature of the address is wrong, or its time is over.");
        if (!HttpMethods.IsPut(request.Method))
            throw new BlobProblem(
                StatusCodes.Status403Forbidden, "AuthorizationPermissionMismatch", "The address is good for writing only.");
        if (request.Query.Keys.FirstOrDefault(k => !s_parameters.Contains(k)) is { } unknown)
            throw BlobProblem.Invalid("InvalidQueryParameterValue", $"The query parameter '{unknown}' is not known here.");
    }

    private static async Task PutAsync(HttpContext context, BlobStore blobs, string path)
    {
        var request = context.Request;
        switch (request.Query["comp"].ToString())
        {
            case "":
                RequireBlockBlob(request);
                Created(context, blobs.Put(path, await ReadAsync(context)));
                break;
            case "block":
                var id = BlockId(request.Query["blockid"].ToString());
                if (!blobs.PutBlock(path, id, await ReadAsync(context)))
                    throw BlobProblem.Invalid("InvalidBlobOrBlock", "The ids of all blocks of a blob must have the same length.");
                context.Response.StatusCode = StatusCodes.Status201Created;
                break;
            case "blocklist":
                Created(context, blobs.PutBlockList(path, BlockIds(await ReadAsync(context)))
                    ?? throw BlobProblem.Invalid("InvalidBlockList", "The list names a block that is not there."));
                break;
            default:
                throw BlobProblem.Invalid("InvalidQueryParameterValue", "comp must be block or blocklist.");
        }
    }

    private static void RequireBlockBlob(HttpRequest request)
    {
        var type = request.Headers["x-ms-blob-type"].ToString();
        if (type.Length == 0)
            throw BlobProblem.Invalid("MissingRequiredHeader", "The header x-ms-blob-type is missing.");
        if (type != "BlockBlob")
            throw BlobProblem.Invalid("InvalidHeaderValue", "x-ms-blob-type must be BlockBlob.");
    }

    private static string BlockId(string text)
    {
        var decoded = new byte[64];
        return text.Length > 0 && Convert.TryFromBase64String(text, decoded, out _)
            ? text
            : throw BlobProblem.Invalid("InvalidQueryParameterValue", "blockid must be base64 of at most 64 bytes.");
    }

    private static List<string> BlockIds(byte[] body)
    {
        try
        {
            var list = XDocument.Load(new MemoryStream(body)).Root;
            var ids = list?.Name.LocalName == "BlockList" ? list.Elements().ToList() : null;
            return ids is null || ids.Count > MostBlocks || ids.Exists(e => e.Name.LocalName is not ("Latest" or "Uncommitted"))
                ? throw BlobProblem.Invalid("InvalidXmlDocument", "The body must be a BlockList of Latest and Uncommitted elements.")
                : [.. ids.Select(e => e.Value)];
        }
        catch (XmlException)
        {
            throw BlobProblem.Invalid("InvalidXmlDocument", "The body is not XML.");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is not { } length)
            throw new BlobProblem(StatusCodes.Status411LengthRequired, "MissingContentLengthHeader", "The header Content-Length is missing.");
        if (length > MostBytes)
            throw new BlobProblem(StatusCodes.Status413PayloadTooLarge, "RequestBodyTooLarge", $"At most {MostBytes} bytes are taken here.");
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MostBytes;
        var bytes = new byte[length];
        await request.Body.ReadExactlyAsync(bytes, context.RequestAborted);
        if (request.Headers.ContentMD5.ToString() is { Length: > 0 } sent && sent != Md5(bytes))
            throw BlobProblem.Invalid("Md5Mismatch", "The body is not what Content-MD5 says.");
        return bytes;
    }

    private static void Created(HttpContext context, BlobVersion version)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.Headers.ETag = version.ETag;
        response.Headers.LastModified = version.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
        response.Headers["x-ms-version-id"] = version.Id;
        response.Headers["x-ms-request-server-encrypted"] = "true";
    }

    // What Azure's header is defined as; nothing is protected by it.
#pragma warning disable CA5351
    private static string Md5(byte[] bytes) => Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore CA5351
}
