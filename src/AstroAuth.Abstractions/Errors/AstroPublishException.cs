namespace AstroAuth;

/// <summary>A publication failed; the id and the category are those of the cause, and the target says at which step.</summary>
public sealed class AstroPublishException : AstroException
{
    internal AstroPublishException(AstroException cause, string message, AstroPublishFailure failure)
        : base(cause.ErrorId, message, cause.Category, failure, cause) => Failure = failure;

    /// <summary>Where it ended.</summary>
    public AstroPublishFailure Failure { get; }
}
