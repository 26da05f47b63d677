namespace AstroAuth.Engine.Tokens;

/// <summary>Steps for CI services that take a token from a vault. They name the vault and the secret and hold no value.</summary>
internal static class PipelineLines
{
    internal const string TokenVariable = "ASTRO_API_TOKEN";

    internal static readonly string[] KeyVariables = ["ASTRONOMER_KEY_ID", "ASTRONOMER_KEY_SECRET"];

    // A secret variable reaches no step by itself: each that uses it has to map it.
    internal static string AzurePipelines(ApiTokenCreation token) => string.Join(
        "\n",
        "- pwsh: |",
        "    Import-Module AstroAuth",
        $"    {Connect(token)}",
        $"    Export-AstroAccessToken {TokenVariable}",
        $"- script: astro deploy {token.Entity!.Id}",
        "  env:",
        $"    {TokenVariable}: $({TokenVariable})");

    internal static string GitHubActions(ApiTokenCreation token) => string.Join(
        "\n",
        "- shell: pwsh",
        "  run: |",
        "    Import-Module AstroAuth",
        $"    {Connect(token)}",
        $"    Export-AstroAccessToken {TokenVariable}",
        $"- run: astro deploy {token.Entity!.Id}");

    private static string Connect(ApiTokenCreation token) => $"Connect-Astro -Vault '{token.Vault!.Replace("'", "''")}' -SecretName {token.SecretName}";
}
