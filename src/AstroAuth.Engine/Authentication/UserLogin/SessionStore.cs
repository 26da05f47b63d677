using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Platform;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensions.Msal;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>
/// Where the tokens of one connection outlive the process: DPAPI, Keychain or Secret Service, or a plain file where the user
/// allowed one; and the lock that lets one process renew at a time.
/// </summary>
internal sealed class SessionStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly MsalCacheHelper _helper;
    private readonly string _connection;
    private readonly string _lockFile;

    private SessionStore(MsalCacheHelper helper, string connection, string lockFile, bool isProtected)
    {
        _helper = helper;
        _connection = connection;
        _lockFile = lockFile;
        IsProtected = isProtected;
    }

    internal bool IsProtected { get; }

    /// <summary>Makes a store for a new session; null, and a warning, when there is no place for it.</summary>
    internal static async Task<SessionStore?> TryCreateAsync(string connection, AstroSessionStorage storage, IAstroSink sink)
    {
        if (storage == AstroSessionStorage.Memory)
            return null;
        try
        {
            var store = await OpenAsync(connection, isProtected: true).ConfigureAwait(false);
            store.Prove(sink);
            return store;
        }
        catch (MsalCachePersistenceException) when (storage == AstroSessionStorage.UnprotectedFile)
        {
            return await TryCreateFileAsync(connection, sink).ConfigureAwait(false);
        }
        catch (MsalCachePersistenceException e)
        {
            sink.Verbose($"The system keeps no secrets for this session: {e.InnerException?.Message ?? e.Message}");
            sink.Warning("The session is kept in memory only, because this system has no place that protects it. It ends with this process. "
                + "Install and unlock a keyring (Secret Service), or use -AllowUnprotectedCache for a file that only you may read, or -NoPersist to say that memory is enough.");
        }
        catch (Exception e) when (IsProblem(e))
        {
            WarnMemory(sink, e);
        }

        return null;
    }

    /// <summary>Opens the store of a saved session.</summary>
    /// <exception cref="IOException">Its place cannot be used.</exception>
    internal static async Task<SessionStore> OpenAsync(string connection, bool isProtected)
    {
        var folder = SavedSessions.Folder ?? throw new IOException("the user has no folder for application data");
        PrivateFiles.EnsureFolder(folder);
        var name = SavedSessions.FileOf(connection);
        var file = Path.Combine(folder, name + ".cache");
        var place = new StorageCreationPropertiesBuilder(name + ".cache", folder).WithMacKeyChain("AstroAuth", name);
        if (isProtected)
        {
            place = place.WithLinuxKeyring(
                "org.astroauth.session",
                MsalCacheHelper.LinuxKeyRingDefaultCollection,
                $"AstroAuth session '{connection}'",
                new KeyValuePair<string, string>("Product", "AstroAuth"),
                new KeyValuePair<string, string>("Session", name));
        }
        else
        {
            PrivateFiles.EnsureFile(file);
            place = place.WithLinuxUnprotectedFile();
        }

        var helper = await MsalCacheHelper.CreateAsync(place.Build()).ConfigureAwait(false);
        return new SessionStore(helper, connection, Path.Combine(folder, name + ".renewal"), isProtected);
    }

    internal static bool IsProblem(Exception e) => PrivateFiles.IsProblem(e) || e is MsalException or MsalCachePersistenceException or InvalidOperationException;

    internal void Register(ITokenCache cache) => _helper.RegisterCache(cache);

    /// <summary>Keeps other processes from renewing the same session; a refresh token used twice would end it.</summary>
    /// <exception cref="AstroException">SavedSessionBusy.</exception>
    internal async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            try
            {
                return new FileStream(_lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception e) when (PrivateFiles.IsProblem(e) && watch.Elapsed >= Patience)
            {
                throw new AstroException(
                    nameof(Strings.SavedSessionBusy),
                    Strings.Format(Strings.SavedSessionBusy, _connection, (int)Patience.TotalSeconds),
                    AstroErrorCategory.ResourceUnavailable,
                    _connection);
            }
            catch (Exception e) when (PrivateFiles.IsProblem(e))
            {
                await Task.Delay(Glance, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The refresh token as the newest process left it; the library itself hands none out.</summary>
    internal string? ReadRefreshToken() => ReadEntries("RefreshToken", t => t.GetProperty("secret").GetString());

    /// <summary>The access token as the newest process left it; null when there is none to be read.</summary>
    internal LoginTokens? ReadAccessToken(LoginProvider provider, string accountId) => ReadEntries("AccessToken", t =>
        t.GetProperty("home_account_id").ValueEquals(accountId)
        && t.GetProperty("client_id").ValueEquals(provider.ClientId)
        && t.GetProperty("secret").GetString() is { Length: > 0 } secret
        && long.TryParse(t.GetProperty("expires_on").GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var expiresOn)
            ? new LoginTokens(secret, DateTimeOffset.FromUnixTimeSeconds(expiresOn), accountId, IsNew: false)
            : null);

    /// <summary>Empties the store.</summary>
    internal void Clear(IAstroSink sink)
    {
        try
        {
            _helper.SaveUnencryptedTokenCache([]);
        }
        catch (Exception e) when (IsProblem(e))
        {
            sink.Warning($"The saved session '{_connection}' could not be emptied: {e.Message}");
        }
    }

    // The library's cache is an object of objects for each kind of token.
    private T? ReadEntries<T>(string kind, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var cache = JsonDocument.Parse(_helper.LoadUnencryptedTokenCache());
            return cache.RootElement.GetProperty(kind).EnumerateObject().Select(t => read(t.Value)).FirstOrDefault(t => t is not null);
        }
        catch (Exception e) when (IsProblem(e) || e is JsonException or KeyNotFoundException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    // Without it the library would lose sessions in silence; and what a broken store holds must not spoil a login.
    private void Prove(IAstroSink sink)
    {
        _helper.VerifyPersistence();
        var content = _helper.LoadUnencryptedTokenCache();
        if (content.Length == 0)
            return;
        try
        {
            JsonDocument.Parse(content).Dispose();
        }
        catch (JsonException)
        {
            sink.Warning($"The saved session '{_connection}' was damaged and is replaced.");
            Clear(sink);
        }
    }

    private static void WarnMemory(IAstroSink sink, Exception e) => sink.Warning($"The session is kept in memory only and ends with this process: {e.Message}");

    private static async Task<SessionStore?> TryCreateFileAsync(string connection, IAstroSink sink)
    {
        try
        {
            var store = await OpenAsync(connection, isProtected: false).ConfigureAwait(false);
            store.Prove(sink);
            return store;
        }
        catch (Exception e) when (IsProblem(e))
        {
            WarnMemory(sink, e);
            return null;
        }
    }
}
