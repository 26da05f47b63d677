namespace AstroAuth.Emulator.Api;

/// <summary>What is wrong with one field of a request.</summary>
internal sealed record FieldError(string Code, string Field, string Message);

/// <summary>Astro's error body.</summary>
internal sealed record ErrorBody(string Message, string RequestId, int StatusCode, IReadOnlyList<FieldError>? FieldErrors = null);

/// <summary>A request that ends with an error body.</summary>
internal sealed class ApiProblem(int statusCode, string message, IReadOnlyList<FieldError>? fieldErrors = null) : Exception(message)
{
    public int StatusCode { get; } = statusCode;
    public IReadOnlyList<FieldError>? FieldErrors { get; } = fieldErrors;

    public static ApiProblem Invalid(string message) => new(StatusCodes.Status400BadRequest, message);
    public static ApiProblem Invalid(IReadOnlyList<FieldError> errors) =>
        new(StatusCodes.Status400BadRequest, "Invalid request: " + string.Join("; ", errors.Select(e => e.Message)), errors);
    public static ApiProblem Invalid(string code, string field, string message) => Invalid([new(code, field, message)]);
    public static ApiProblem Forbidden(string message) => new(StatusCodes.Status403Forbidden, message);
    public static ApiProblem NotFound(string what) => new(StatusCodes.Status404NotFound, $"{what} not found");
}
