using System.Globalization;

namespace AstroAuth.Engine;

/// <summary>The sentences of the engine's errors. The name of each is the error's id, so that the two never part.</summary>
internal static partial class Strings
{
    // Domains and text that was given
    internal const string InvalidDomain = "'{0}' is not an Astro domain. Give a host such as astronomer.io, or a loopback address such as localhost:8888 for the emulator.";
    internal const string CredentialEmpty = "The {0} from {1} is empty.";
    internal const string CredentialNotText = "The {0} from {1} holds white space or control characters at position {2}; it was not sent. Copy it again, whole and in one line.";
    internal const string CredentialNotExpanded = "The {0} from {1} is the text of an Azure Pipelines variable that was not expanded. Map the secret variable in the step's 'env:' block.";
    internal const string InvalidCaFile = "ASTRO_CA_FILE names '{0}', which cannot be read as PEM certificates: {1}";

    // Tokens read offline
    internal const string TokenMalformed = "The {0} from {1} is not a token Astro issues: {2}. Copy it again from where it was created.";
    internal const string ApiTokenExpired = "The API token {0} from {1} expired {2} ago ({3}). Create or rotate one, and put its value there.";
    internal const string ApiTokenNotYetValid = "The API token {0} from {1} is not valid before {2}, in {3}. Check this machine's clock if that is not meant.";
    internal const string NotAnApiToken = "The token from {0} is a user's access token, not an API token. Give it to Connect-Astro with -AccessToken, or create an API token.";
    internal const string NotAUserAccessToken = "The token from {0} is the API token {1}, not a user's access token. Give it to Connect-Astro with -ApiToken.";
    internal const string AccessTokenExpired = "The access token from {0} expired {1} ago ({2}) and cannot be renewed. Copy a fresh one from https://cloud.{3}/token.";
    internal const string AccessTokenTooShort = "The {0} of connection '{1}' ends in {2} ({3}), before the {4} that -MinimumLifetime asks for, and cannot be renewed.";

    // Signing in
    internal const string DeploymentKeyRejected = "Astro refused the Deployment API key {0} from {1}: {2}. Legacy keys were switched off in June 2024; create a Deployment API token instead.";
    internal const string LoginFailed = "The login service at {0} refused: {1}";
    internal const string UntrustedLoginHost = "Astro's auth-config names the login service '{0}', which does not belong to {1}; nothing was sent to it.";

    internal const string LoginNeedsHttps = "Astro's auth-config names the login service '{0}', which does not use https, and people sign in over https only. For the emulator give -Domain https://localhost:<its https port> and put the path of its certificate into ASTRO_CA_FILE.";
    internal const string CallbackPortInUse = "Port {0} of this machine is in use{1}, and Astro's login comes back to no other. Let go of the port, or copy an access token from the web page and use Connect-Astro -AccessToken. No browser was opened.";
    internal const string LoginTimedOut = "The login was not finished within {0} s. Run Connect-Astro again; -TimeoutSec gives more time.";
    internal const string LoginDenied = "The login service at {0} did not let you in: {1}";
    internal const string LoginAnswerRejected = "The answer of the login service at {0} was refused and not kept: {1}. Run Connect-Astro again; if it stays, tell your administrator.";
    internal const string LoginSessionEnded = "The session of connection '{0}' has ended ({1}). Sign in again: Connect-Astro -Interactive -Name '{0}'";
    internal const string SavedSessionBusy = "The saved session '{0}' is in use by another process and did not become free within {1} s. Try again.";
    internal const string UserNotActive = "The user {0} is {1} in Astro and cannot work there. {2}";

    internal const string InvitationPending = "{0} is only invited so far, to {1}, and cannot work there before accepting. Accept the invitation in the mail it came with or in Astro's web page, then run Connect-Astro again.";
    internal const string InvitationExpired = "{0} belongs to no organization, and the invitation to {1} was not accepted in time. Ask an owner of the organization for another one.";

    // Places
    internal const string OrganizationRequired = "The credential of connection '{0}' reaches {1} organizations; name one with -Organization: {2}";
    internal const string NoOrganization = "The credential of connection '{0}' reaches no organization.";
    internal const string WorkspaceChoiceRequired = "There are {0} workspaces; name one with -Workspace: {1}";
    internal const string OrganizationNotFound = "There is no organization '{0}' that connection '{1}' can see. It sees: {2}";
    internal const string WorkspaceNotFound = "There is no workspace '{0}' that connection '{1}' can see.";
    internal const string DeploymentNotFound = "There is no deployment '{0}'{2} that connection '{1}' can see.";
    internal const string AmbiguousName = "{0} {1}s are called '{2}'; name one by its id: {3}";
    internal const string WorkspaceRequired = "No workspace is named and connection '{0}' has no default one. Use -Workspace, or Set-AstroConnection -Workspace.";
    internal const string DeploymentRequired = "No deployment is named and connection '{0}' has no default one. Use -Deployment, or Set-AstroConnection -Deployment.";

    // Answers of the API
    internal const string InvalidRequest = "Astro refused {0} {1} as invalid{2}";
    internal const string Unauthorized = "Astro did not accept the credential of connection '{0}' for {1} {2}{3}";
    internal const string Forbidden = "The credential of connection '{0}' may not {1} {2}{3}";
    internal const string NotFound = "Astro does not know what {0} {1} names, or hides it from connection '{2}'{3}";
    internal const string Conflict = "Astro refused {0} {1} because it conflicts with what is there{2}";
    internal const string TooManyRequests = "Astro asks to slow down ({0} {1} was answered 429 Too Many Requests{2}). It asks to wait {3}.";
    internal const string ServerError = "Astro failed to answer {0} {1}: status {2} after {3}{4}";
    internal const string UnexpectedStatus = "Astro answered {0} {1} with the unexpected status {2}{3}";
    internal const string Redirected = "{0} {1} was answered with a redirect ({2}) to {3}. It was not followed, so that the credential stays with Astro. Check the domain '{4}'.";
    internal const string InvalidResponse = "The answer to {0} {1} cannot be read: {2}.";

    // The way there
    internal const string HostUnreachable = "{0} cannot be reached: {1}. Check the domain, the network and the proxy settings.";
    internal const string CertificateUntrusted = "The certificate of {0} is not trusted: {1}. If a proxy inspects TLS here, put its root certificate (PEM) in a file and name that in ASTRO_CA_FILE.";
    internal const string ConnectionBroken = "The connection to {0} broke during {1} {2}: {3}.";
    internal const string RequestTimeout = "{0} {1} at {2} had no answer within {3} s. Raise -TimeoutSec if the network is slow.";

    // Requests and tokens
    internal const string InvalidPath = "'{0}' is not a path of Astro's v1 API: {1}.";
    internal const string InvalidBody = "The body is not JSON: {0}.";
    internal const string NotPaged = "{0} {1} does not answer with a list of pages; leave out -All.";
    internal const string InvalidTokenName = "A token's name has 1 to 256 characters; this one has {0}.";
    internal const string InvalidTokenDescription = "A token's description has at most 500 characters; this one has {0}.";
    internal const string ScopeRequired = "The role '{0}' does not say where the token is to work. Use -Scope, -Workspace or -Deployment.";
    internal const string RoleScopeMismatch = "The role '{0}' does not belong to a token of scope {1}. {2}";
    internal const string CreateOutcomeUnknown = "No answer came to the creation of token '{0}' ({1}). Astro shows no token that it made so far; if one with '{2}' in its description appears later, remove it.";
    internal const string CreateReplyLost = "The answer to the creation of token '{0}' was lost {1} times; what was created was removed again each time ({2}). Try again when the network is steady.";
    internal const string CreateOrphaned = "The answer to the creation of token '{0}' was lost, and the token it made ({1}) could not be removed: {2}. Remove it; nobody knows its value.";
    internal const string NewTokenNotStored = "The new token '{0}' could not be kept in vault '{1}' as '{2}' and was removed again: {3}";
    internal const string NewTokenNotStoredNorRemoved = "The new token '{0}' ({1}) could not be kept in vault '{2}' as '{3}' ({4}), nor removed from Astro ({5}). Its value is in this error's TargetObject.Token and in the output: keep it or remove the token.";
    internal const string NewTokenLeftInVault = "The new token '{0}' ({1}) is not to be relied on ({4}), and what secret '{3}' of vault '{2}' held before could not be put back ({5}). The token was left alive so that the vault holds no dead value; its value is in this error's TargetObject.Token and in the output. Set the secret right, then remove the token.";
    internal const string NewTokenNotProven = "The value of the new token '{0}' that vault '{1}' gives back as '{2}' does not authenticate, so the token was removed again: {3}";

    internal static string Format(string text, params object?[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
