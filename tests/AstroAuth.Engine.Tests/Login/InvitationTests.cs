using System.Text.RegularExpressions;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Login;

/// <summary>A person's invitations are neither used nor passed over.</summary>
public sealed class InvitationTests(LoginFixture fixture) : LoginTest(fixture)
{
    private const string Elsewhere = "cm0000000000000000other";

    private static readonly AstroPlaces Somewhere = new(null, "Analytics", null);

    [Fact]
    public async Task Who_is_only_invited_hears_to_where_and_until_when()
    {
        var call = Call(await SignInAsync(user: "invited"));
        var email = Emulator.User("invited").GetProperty("email").GetString()!;
        var pending = await FailsAsync("InvitationPending", call, new AstroPlaces(null, null, null));
        Assert.Matches($@"^{Regex.Escape(email)} .*organization {Emulator.OrganizationId} \(until \d{{4}}-\d\d-\d\d \d\d:\d\dZ\)", pending.Message);
        Assert.Equal((AstroErrorCategory.PermissionDenied, email), (pending.Category, (string)pending.Target!));

        await SelfIsAsync("ACTIVE", DateTimeOffset.UtcNow.AddMinutes(-5));
        var expired = await FailsAsync("InvitationExpired", call, new AstroPlaces(null, null, null));
        Assert.Contains(Elsewhere, expired.Message, StringComparison.Ordinal);

        await SelfIsAsync("PENDING", DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Contains(Elsewhere, (await FailsAsync("InvitationPending", call, Somewhere)).Message, StringComparison.Ordinal);

        // Expired ones are no reason, and nobody is invited to what is named.
        await SelfIsAsync("PENDING", DateTimeOffset.UtcNow.AddMinutes(-5));
        await FailsAsync("UserNotActive", call, Somewhere);
        await SelfIsAsync("ACTIVE", DateTimeOffset.UtcNow.AddMinutes(5));
        await FailsAsync("OrganizationNotFound", call, new AstroPlaces(Emulator.OrganizationId, null, null));
    }

    [Fact]
    public async Task Who_is_a_member_and_invited_elsewhere_hears_of_it_once_and_goes_on()
    {
        var connection = await SignInAsync(user: "alsoInvited");
        var host = new LoginHost();
        var resolved = await Engine.ResolveUserAsync(Call(connection, host), Somewhere, host);
        Assert.Equal(Emulator.OrganizationId, resolved.Organization!.Id);
        var warning = Assert.Single(host.Warnings);
        var other = Regex.Match(warning, @"is also invited to organization (c[a-z0-9]{24}) \(until ").Groups[1].Value;
        Assert.NotEqual(Emulator.OrganizationId, other);

        Assert.Contains(other, (await FailsAsync("InvitationPending", Call(connection), new AstroPlaces(other, null, null))).Message, StringComparison.Ordinal);

        await SelfIsAsync("ACTIVE", DateTimeOffset.UtcNow.AddMinutes(-5));
        var later = new LoginHost();
        await Engine.ResolveUserAsync(Call(connection, later), Somewhere, later);
        Assert.Empty(later.Warnings);
    }

    private async Task<AstroException> FailsAsync(string errorId, AstroCall call, AstroPlaces places)
    {
        var failure = await Assert.ThrowsAnyAsync<AstroException>(() => Engine.ResolveUserAsync(call, places, new LoginHost()));
        Assert.Equal(errorId, failure.ErrorId);
        return failure;
    }

    private async Task SelfIsAsync(string status, DateTimeOffset invitedUntil)
    {
        using var client = new EmulatorClient(Emulator);
        await client.Post("/_emulator/faults", new
        {
            path = "/users/self", status = 200, headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            body = JsonSerializer.Serialize(new { id = "u", username = "someone@example.com", status, invites = new[] { new { inviteId = "i", organizationId = Elsewhere, expiresAt = invitedUntil } } }),
        });
    }
}
