using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>A sign-in by a code that the person types at a page on any device (RFC 8628).</summary>
internal sealed class DeviceLogin
{
    private const double LongestLife = 24 * 3600;
    private static readonly TimeSpan UsualPace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FastestPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SlowestPace = TimeSpan.FromSeconds(60);

    private readonly ProviderDocument _document;
    private readonly Uri _endpoint;
    private readonly LoginProvider _provider;
    private readonly AstroSession _session;
    private readonly AstroCall _call;
    private readonly AstroLoginRequest _request;
    private readonly IAstroLoginHost _host;

    private DeviceLogin(ProviderDocument document, Uri endpoint, LoginProvider provider, AstroSession session, AstroCall call, AstroLoginRequest request, IAstroLoginHost host)
    {
        _document = document;
        _endpoint = endpoint;
        _provider = provider;
        _session = session;
        _call = call;
        _request = request;
        _host = host;
    }

    /// <exception cref="AstroException">DeviceCodeNotOffered.</exception>
    internal static DeviceLogin From(
        ProviderDocument document, LoginProvider provider, AstroSession session, AstroCall call, AstroLoginRequest request, IAstroLoginHost host) =>
        new(document, document.DeviceEndpoint ?? throw NotOffered(provider), provider, session, call, request, host);

    /// <summary>Shows a code and waits until it has been used.</summary>
    /// <exception cref="AstroException">DeviceCodeNotOffered, DeviceCodeExpired, LoginTimedOut, LoginDenied, LoginFailed or LoginAnswerRejected.</exception>
    internal async Task<(string RefreshToken, string? IdToken)> WaitAsync()
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(_call.CancellationToken);
        time.CancelAfter(_request.Patience);
        try
        {
            var call = new AstroCall(_call.Connection, _call.Sink, time.Token);
            var device = await AskAsync(call).ConfigureAwait(false);
            var code = ToCode(device);
            var end = _session.Clock.GetUtcNow() + code.Lifetime;
            await _host.ShowCodeAsync(code).ConfigureAwait(false);
            var answer = await PollAsync(device, code, end, call).ConfigureAwait(false);
            return (answer.RefreshToken ?? throw _provider.Reject("it holds no refresh token"), answer.IdToken);
        }
        catch (OperationCanceledException) when (!_call.CancellationToken.IsCancellationRequested && time.IsCancellationRequested)
        {
            throw InteractiveLogin.TimedOut(_request);
        }
    }

    private async Task<DeviceAnswer> AskAsync(AstroCall call)
    {
        var reply = await PostAsync(
            _endpoint,
            call,
            ("client_id", _provider.ClientId),
            ("scope", string.Join(" ", LoginProvider.Scopes)),
            ("audience", _provider.Audience)).ConfigureAwait(false);
        var answer = Parse(reply, DeviceJson.Default.DeviceAnswer) ?? throw ApiFailure.Unreadable(reply, "it is not the JSON of OAuth");
        if (answer.Error is "unauthorized_client" or "unsupported_grant_type")
            throw NotOffered(_provider);
        return reply.IsSuccess && answer.Error is null ? answer : throw Failed(answer.Error, answer.ErrorDescription, reply.StatusCode);
    }

    private AstroDeviceCode ToCode(DeviceAnswer answer)
    {
        // The code goes to a terminal, which is not to be steered by it.
        if (answer is not { DeviceCode.Length: > 0, UserCode.Length: > 0 and <= 64, ExpiresIn: > 0 and < LongestLife } || !answer.UserCode.All(c => c is > ' ' and < '\x7f'))
            throw _provider.Reject("it holds no device code");
        return new AstroDeviceCode(
            answer.UserCode,
            _document.Own(answer.Page),
            answer.Link is null ? null : _document.Own(answer.Link),
            TimeSpan.FromSeconds(answer.ExpiresIn.Value));
    }

    private async Task<DeviceTokenAnswer> PollAsync(DeviceAnswer device, AstroDeviceCode code, DateTimeOffset end, AstroCall call)
    {
        var pace = device.Interval is >= 0 and < LongestLife ? TimeSpan.FromSeconds(device.Interval.Value) : UsualPace;
        if (pace < FastestPace)
            pace = FastestPace;
        while (true)
        {
            await _session.Clock.PauseAsync(pace, call.CancellationToken).ConfigureAwait(false);
            if (_session.Clock.GetUtcNow() >= end)
                throw Expired(code);
            var (answer, status) = await TryPollAsync(device.DeviceCode!, call).ConfigureAwait(false);
            switch (answer?.Error)
            {
                case null when answer is not null:
                    return answer;
                case null:
                    // RFC 8628, 3.5: who hears nothing asks less often.
                    pace = Min(pace + pace, SlowestPace > pace ? SlowestPace : pace);
                    break;
                case "authorization_pending":
                    break;
                case "slow_down":
                    pace += UsualPace;
                    break;
                case "expired_token":
                    throw Expired(code);
                default:
                    throw Failed(answer.Error, answer.ErrorDescription, status);
            }
        }
    }

    // Null: no answer came that says anything.
    private async Task<(DeviceTokenAnswer? Answer, int Status)> TryPollAsync(string deviceCode, AstroCall call)
    {
        try
        {
            var reply = await PostAsync(
                _document.TokenEndpoint,
                call,
                ("client_id", _provider.ClientId),
                ("device_code", deviceCode),
                ("grant_type", "urn:ietf:params:oauth:grant-type:device_code")).ConfigureAwait(false);
            var answer = Parse(reply, DeviceJson.Default.DeviceTokenAnswer);
            return reply.StatusCode >= 500 || (answer?.Error is null && !reply.IsSuccess) ? (null, reply.StatusCode)
                : (answer ?? throw ApiFailure.Unreadable(reply, "it is not the JSON of OAuth"), reply.StatusCode);
        }
        catch (AstroNetworkException)
        {
            return (null, 0);
        }
    }

    private async Task<ApiReply> PostAsync(Uri address, AstroCall call, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        var body = await content.ReadBytesAsync(call.CancellationToken).ConfigureAwait(false);
        return await _session.Transport.SendAsync(
            new ApiRequest(HttpMethod.Post, address) { Body = body, ContentType = "application/x-www-form-urlencoded", IsAnonymous = true, IsPaced = true },
            call).ConfigureAwait(false);
    }

    private static T? Parse<T>(ApiReply reply, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private AstroException Failed(string? error, string? description, int status)
    {
        var host = _provider.Authority.Host;
        // Only the two short fields of OAuth's error answer are shown: they never repeat a secret.
        var why = ApiFailure.OneLine(description is null ? error ?? $"status {status}" : $"{description.TrimEnd('.', ' ')} ({error})");
        return error == "access_denied"
            ? new AstroCredentialException(nameof(Strings.LoginDenied), Strings.Format(Strings.LoginDenied, host, why), host)
            : new AstroException(nameof(Strings.LoginFailed), Strings.Format(Strings.LoginFailed, host, why), AstroErrorCategory.AuthenticationError, host);
    }

    private AstroException Expired(AstroDeviceCode code) => new(
        nameof(Strings.DeviceCodeExpired),
        Strings.Format(Strings.DeviceCodeExpired, Days.Say(code.Lifetime)),
        AstroErrorCategory.OperationTimeout,
        _request.Name);

    private static AstroException NotOffered(LoginProvider provider) => new(
        nameof(Strings.DeviceCodeNotOffered),
        Strings.Format(Strings.DeviceCodeNotOffered, provider.Authority.Host),
        AstroErrorCategory.InvalidOperation,
        provider.Authority.Host);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
