using System.Security;
using System.Text;

namespace AstroAuth.Emulator.Blob;

/// <summary>A request that the object store refuses; its errors are XML, unlike those of the API.</summary>
internal sealed class BlobProblem(int statusCode, string code, string message) : Exception(message)
{
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = statusCode;
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(
            $"""<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{SecurityElement.Escape(Message)}</Message></Error>""",
            Encoding.UTF8);
    }

    public static BlobProblem Invalid(string code, string message) => new(StatusCodes.Status400BadRequest, code, message);
}
