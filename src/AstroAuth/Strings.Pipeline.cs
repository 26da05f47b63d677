namespace AstroAuth;

// Variables of a CI job
internal static partial class Strings
{
    internal const string NotInPipeline = "This is no job of Azure Pipelines or GitHub Actions (TF_BUILD and GITHUB_ACTIONS are not 'true'), so there are no later steps to hand a token to. Use Get-AstroAccessToken.";
    internal const string InvalidVariableName = "A pipeline variable cannot be named '{0}': {1}. Give -VariableName another name, for example ASTRO_ACCESS_TOKEN.";
    internal const string PipelineFileMissing = "GitHub Actions sets {0} to the path of a file that takes variables for later steps, but it is not set or the file is not there. Run the cmdlet in a step of the job itself; in a container the folder has to be mounted.";
}
