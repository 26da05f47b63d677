using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Control;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Seed;

/// <summary>A token of the seed, in days before now.</summary>
internal sealed record SeedToken(string Name, string Scope, string OwnerId, string Role, int StartedDaysAgo, int? Days)
{
    /// <summary>The name by which programs find its value; without one, nobody ever learns the value.</summary>
    public string? Key { get; init; }
    public string Description { get; init; } = "";
    public string Kind { get; init; } = "STANDARD";
    public double? UsedDaysAgo { get; init; }
    public double? RotatedDaysAgo { get; init; }
    public int Creator { get; init; }
    public IReadOnlyList<RoleEntry> MoreRoles { get; init; } = [];

    public SampleToken? AddTo(TokenStore tokens, AstroDirectory directory, TokenMint mint, DateTimeOffset now)
    {
        var created = now.AddDays(-StartedDaysAgo);
        var start = RotatedDaysAgo is { } rotated ? now.AddDays(-rotated) : created;
        var creator = directory.Users[Creator].Profile;
        var token = new ApiToken
        {
            Id = Cuid.Stable("token/" + Name), OrganizationId = directory.Home.Id, Name = Name, Description = Description, Scope = Scope,
            Kind = Kind, StartAt = start, EndAt = Days is { } days ? start.AddDays(days) : null, ExpiryPeriodInDays = Days,
            CreatedAt = created < now ? created : now, UpdatedAt = RotatedDaysAgo is null ? created : start,
            LastUsedAt = UsedDaysAgo is { } used ? now.AddDays(-used) : null,
            LastRotatedAt = RotatedDaysAgo is null ? null : start,
            Roles = [new(Scope, OwnerId, Role), .. MoreRoles], CreatedBy = creator, UpdatedBy = creator,
        };
        var (value, shortToken) = mint.ApiTokenValue(token);
        tokens.Add(token with { ShortToken = shortToken }, value);
        return Key is null ? null : new(token.Id, Name, value, Scope, Role);
    }
}
