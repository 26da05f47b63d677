using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>Runs a call of the login library and turns its failures into the module's, without the library's objects.</summary>
internal static class MsalFailure
{
    /// <exception cref="AstroException">LoginDenied, LoginFailed or LoginAnswerRejected.</exception>
    internal static Task<AuthenticationResult> RunAsync(Func<Task<AuthenticationResult>> call, LoginProvider provider, CancellationToken cancellationToken) =>
        RunAsync(call, provider, connection: null, cancellationToken);

    /// <summary>The same for a renewal, whose refusal means that the connection's session is over.</summary>
    /// <exception cref="AstroException">LoginSessionEnded, LoginFailed or LoginAnswerRejected.</exception>
    internal static async Task<AuthenticationResult> RunAsync(
        Func<Task<AuthenticationResult>> call, LoginProvider provider, string? connection, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (MsalClientException e) when (e.ErrorCode == MsalError.AuthenticationCanceledError)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (MsalException e) when (e.InnerException is AstroException own)
        {
            throw own;
        }
        catch (MsalUiRequiredException e) when (connection is not null)
        {
            throw SessionEnded(connection, e.ErrorCode);
        }
        catch (MsalServiceException e) when (e.ErrorCode is "access_denied" or "login_required" or "unauthorized")
        {
            throw new AstroCredentialException(nameof(Strings.LoginDenied), Strings.Format(Strings.LoginDenied, provider.Authority.Host, Sentence(e)), provider.Authority.Host);
        }
        catch (MsalServiceException e)
        {
            throw new AstroException(
                nameof(Strings.LoginFailed),
                Strings.Format(Strings.LoginFailed, provider.Authority.Host, Sentence(e)),
                e.StatusCode is >= 500 or 429 ? AstroErrorCategory.ResourceUnavailable : AstroErrorCategory.AuthenticationError,
                provider.Authority.Host);
        }
        catch (MsalException e)
        {
            throw provider.Reject(Sentence(e));
        }
        catch (ArgumentNullException)
        {
            // How the library says that there is no id_token.
            throw provider.Reject("it holds no id_token");
        }
    }

    internal static AstroCredentialException SessionEnded(string connection, string why) =>
        new(nameof(Strings.LoginSessionEnded), Strings.Format(Strings.LoginSessionEnded, connection, why), connection);

    // The first line says it; the rest is advice about another company's service.
    private static string Sentence(MsalException e) => $"{e.Message.Split('\r', '\n')[0].TrimEnd('.', ' ')} ({e.ErrorCode})";
}
