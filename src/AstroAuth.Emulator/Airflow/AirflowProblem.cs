using AstroAuth.Emulator.Api;

namespace AstroAuth.Emulator.Airflow;

/// <summary>The error body of Airflow 2.</summary>
internal sealed record Problem1(string Detail, int Status, string Title, string Type);

/// <summary>The error body of Airflow 3.</summary>
internal sealed record Problem2(string Detail);

/// <summary>One thing that is wrong with a request to Airflow 3.</summary>
internal sealed record InvalidPart(string Type, IReadOnlyList<string> Loc, string Msg);

/// <summary>The error body of Airflow 3 for a request that it cannot read.</summary>
internal sealed record InvalidBody(IReadOnlyList<InvalidPart> Detail);

/// <summary>Says what is wrong in the words of the Airflow that was asked.</summary>
internal static class AirflowProblem
{
    public static IResult Of(ApiProblem problem, bool isAirflow2)
    {
        var status = problem.StatusCode;
        if (isAirflow2)
            return Results.Json(
                new Problem1(problem.Message, status, TitleOf(status), "https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html#section/Errors"),
                AirflowJson.Default.Problem1, "application/problem+json", status);
        return problem.FieldErrors is { } errors
            ? Results.Json(
                new InvalidBody([.. errors.Select(e => new InvalidPart(e.Code, ["body", e.Field], e.Message))]), AirflowJson.Default.InvalidBody,
                statusCode: StatusCodes.Status422UnprocessableEntity)
            : Results.Json(new Problem2(problem.Message), AirflowJson.Default.Problem2, statusCode: status);
    }

    public static ApiProblem NotFound(string what) => new(StatusCodes.Status404NotFound, what + " was not found");

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Unauthorized",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status404NotFound => "Not Found",
        StatusCodes.Status409Conflict => "Conflict",
        _ => "Bad Request",
    };
}
