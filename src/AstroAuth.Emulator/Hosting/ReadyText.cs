using System.IO;
using System.Text.Json;
using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Control;

namespace AstroAuth.Emulator.Hosting;

/// <summary>What the emulator says when it can be used: first for people, then in one line for programs.</summary>
internal static class ReadyText
{
    public static async Task WriteAsync(TextWriter output, EmulatorState state)
    {
        var owner = state.Users["owner"];
        await output.WriteLineAsync(
            $"""
            Astro emulator at {state.Address} (and {state.HttpsAddress}, certificate authority in {state.CaFile})
            Everything in it is made up, lives in memory and is gone when it ends. Ctrl+C ends it.

            Organization  {state.Organization.Id}  {state.Organization.Name}
            """);
        foreach (var workspace in state.Workspaces)
        {
            await output.WriteLineAsync($"  Workspace   {workspace.Id}  {workspace.Name}");
            foreach (var deployment in state.Deployments.Where(d => d.WorkspaceId == workspace.Id))
                await output.WriteLineAsync($"    Deployment  {deployment.Id}  {deployment.Name}");
        }

        await output.WriteLineAsync("\nAPI tokens to try (new at every start)");
        foreach (var (key, token) in state.Tokens)
            await output.WriteLineAsync($"  {key,-20} {token.Name,-22} {token.Role}\n    {token.Value}");
        await output.WriteLineAsync(
            $"""

            Login page    {owner.Email} with the password {owner.Password}
            Legacy key    {state.LegacyKey.Id}
                  secret  {state.LegacyKey.Secret}

            To use it from PowerShell:
              $env:ASTRO_DOMAIN = '{state.Domain}'
              $env:ASTRO_API_TOKEN = '<one of the values above>'
            With TLS:
              $env:ASTRO_DOMAIN = '{state.HttpsDomain}'
              $env:ASTRO_CA_FILE = '{state.CaFile}'

            """);
        await output.WriteLineAsync("READY " + JsonSerializer.Serialize(state, EmulatorJson.Default.EmulatorState));
    }
}
