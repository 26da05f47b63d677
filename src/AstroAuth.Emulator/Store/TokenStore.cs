using System.Security.Cryptography;
using System.Text;

namespace AstroAuth.Emulator.Store;

/// <summary>What became of a value that was presented.</summary>
internal enum ValueFate { Unknown, Live, Rotated, Deleted }

/// <summary>All API tokens; values are kept as hashes only.</summary>
internal sealed class TokenStore : IRemembering
{
    private readonly Lock _gate = new();
    // Ordered by creation, so that paging is stable while others add tokens.
    private OrderedDictionary<string, ApiToken> _tokens = [];
    private Dictionary<string, string> _liveHashes = [];
    private Dictionary<string, string> _hashOfToken = [];
    private Dictionary<string, (string Id, ValueFate Fate)> _deadHashes = [];

    public static string Hash(string value) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    /// <summary>Adds a token; one without a value exists for lists only and can never authenticate.</summary>
    public void Add(ApiToken token, string? value)
    {
        lock (_gate)
        {
            _tokens.Add(token.Id, token);
            if (value is not null)
                SetValue(token.Id, value);
        }
    }

    public ApiToken? Find(string organizationId, string id)
    {
        lock (_gate)
            return _tokens.TryGetValue(id, out var token) && token.OrganizationId == organizationId && !token.IsAgent ? token : null;
    }

    /// <summary>A Remote Execution agent's token, which the tokens of the organization know nothing of.</summary>
    public ApiToken? FindAgent(string deploymentId, string id)
    {
        lock (_gate)
            return _tokens.TryGetValue(id, out var token) && token.IsAgent && token.OwnerId == deploymentId ? token : null;
    }

    public List<ApiToken> Where(Func<ApiToken, bool> wanted)
    {
        var found = new List<ApiToken>();
        lock (_gate)
        {
            foreach (var token in _tokens.Values)
            {
                if (wanted(token))
                    found.Add(token);
            }
        }

        return found;
    }

    /// <summary>Changes every token at once.</summary>
    public void ChangeAll(Func<ApiToken, ApiToken> change)
    {
        lock (_gate)
        {
            foreach (var id in _tokens.Keys.ToList())
                _tokens[id] = change(_tokens[id]);
        }
    }

    /// <summary>Changes a token; null when it has been deleted meanwhile.</summary>
    public ApiToken? Change(string id, Func<ApiToken, ApiToken> change)
    {
        lock (_gate)
            return _tokens.TryGetValue(id, out var token) ? _tokens[id] = change(token) : null;
    }

    /// <summary>Changes a token and its value in one step: there is no moment at which both values live.</summary>
    public ApiToken? Rotate(string id, Func<ApiToken, (ApiToken Token, string Value)> rotate)
    {
        lock (_gate)
        {
            if (!_tokens.TryGetValue(id, out var token))
                return null;
            var (rotated, value) = rotate(token);
            Bury(id, ValueFate.Rotated);
            SetValue(id, value);
            return _tokens[id] = rotated;
        }
    }

    public bool Delete(string id)
    {
        lock (_gate)
        {
            Bury(id, ValueFate.Deleted);
            return _tokens.Remove(id);
        }
    }

    /// <summary>Looks a value up; a use is recorded when a time is given and the token is in its valid period.</summary>
    public (ValueFate Fate, ApiToken? Token, string? Id) Look(string value, DateTimeOffset now, bool recordUse)
    {
        var hash = Hash(value);
        lock (_gate)
        {
            if (_deadHashes.TryGetValue(hash, out var dead))
                return (dead.Fate, null, dead.Id);
            if (!_liveHashes.TryGetValue(hash, out var id))
                return (ValueFate.Unknown, null, null);
            var token = _tokens[id];
            if (recordUse && token.StartAt <= now && !(token.EndAt <= now))
                _tokens[id] = token = token with { LastUsedAt = now };
            return (ValueFate.Live, token, id);
        }
    }

    public Action Remember()
    {
        lock (_gate)
        {
            OrderedDictionary<string, ApiToken> tokens = new(_tokens);
            Dictionary<string, string> live = new(_liveHashes), ofToken = new(_hashOfToken);
            Dictionary<string, (string Id, ValueFate Fate)> dead = new(_deadHashes);
            return () =>
            {
                lock (_gate)
                    (_tokens, _liveHashes, _hashOfToken, _deadHashes) = (new(tokens), new(live), new(ofToken), new(dead));
            };
        }
    }

    private void SetValue(string id, string value)
    {
        var hash = Hash(value);
        _liveHashes[hash] = id;
        _hashOfToken[id] = hash;
    }

    private void Bury(string id, ValueFate fate)
    {
        if (!_hashOfToken.Remove(id, out var hash))
            return;
        _liveHashes.Remove(hash);
        _deadHashes[hash] = (id, fate);
    }
}
