using System;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Platform;
using Microsoft.Identity.Client.Extensibility;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>One visit to the login page: the port is taken, the link goes to the browser or the person, and one answer comes back.</summary>
internal sealed class InteractiveLogin : ICustomWebUi, IDisposable
{
    private readonly AstroLoginRequest _request;
    private readonly IAstroLoginHost _host;
    private readonly LoopbackListener _listener;

    /// <exception cref="AstroException">CallbackPortInUse.</exception>
    internal InteractiveLogin(AstroLoginRequest request, IAstroLoginHost host)
    {
        _request = request;
        _host = host;
        _listener = LoopbackListener.Bind(LoginProvider.Callback);
    }

    /// <summary>What the id_token has to repeat.</summary>
    internal string Nonce { get; } = LoginProvider.NewNonce();

    public async Task<Uri> AcquireAuthorizationCodeAsync(Uri authorizationUri, Uri redirectUri, CancellationToken cancellationToken)
    {
        var link = AuthorizeLink.Tidy(authorizationUri, Nonce);
        var state = CallbackRequest.ReadQuery(link)!["state"];
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(_request.Patience);
        var answer = _listener.WaitAsync(state, time.Token);
        try
        {
            await _host.ShowLinkAsync(link, _request.Method).ConfigureAwait(false);
            if (_request.Method == AstroLoginMethod.Browser && BrowserLauncher.TryOpen(link) is { } problem)
                _host.Warning($"No browser could be opened ({problem}). Open this link yourself: {link.AbsoluteUri}");
            var pasted = _request.Method == AstroLoginMethod.Link ? ReadPastedAsync(state, time.Token) : answer;
            return await await Task.WhenAny(answer, pasted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && time.IsCancellationRequested)
        {
            throw TimedOut(_request);
        }
        finally
        {
            // Whoever still waits for a pasted address stops at its next look.
#pragma warning disable VSTHRD103 // .NET Framework knows no other way, and what hears it is quick.
            time.Cancel();
#pragma warning restore VSTHRD103
            _listener.Dispose();
        }
    }

    public void Dispose() => _listener.Dispose();

    internal static AstroException TimedOut(AstroLoginRequest request) => new(
        nameof(Strings.LoginTimedOut),
        Strings.Format(Strings.LoginTimedOut, (int)request.Patience.TotalSeconds),
        AstroErrorCategory.OperationTimeout,
        request.Name);

    private async Task<Uri> ReadPastedAsync(string state, CancellationToken cancellationToken)
    {
        while (await _host.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (Uri.TryCreate(line.Trim().Trim('"', '\''), UriKind.Absolute, out var address) && CallbackRequest.IsAnswer(address, LoginProvider.Callback, state))
                return address;
            if (line.Trim().Length > 0)
                _host.Warning($"That is not the address this login ends at. It begins with {LoginProvider.Callback}? and is in the browser's address bar after the login.");
        }

        // Nobody can paste here: the callback alone counts.
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }
}
