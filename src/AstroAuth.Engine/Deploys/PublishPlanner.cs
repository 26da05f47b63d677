using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Deploys.Bundles;

namespace AstroAuth.Engine.Deploys;

/// <summary>Checks what is to be published and finds what goes. Nothing is changed.</summary>
internal sealed class PublishPlanner
{
    private const string SyntaxVariable = "AIRFLOW__CORE__DAG_IGNORE_FILE_SYNTAX";
    private const int MostNamed = 5;

    private readonly ApiClient _api;
    private readonly AstroPublishRequest _request;

    internal PublishPlanner(ApiClient api, AstroPublishRequest request)
    {
        _api = api;
        _request = request;
    }

    /// <exception cref="AstroPublishException">Something forbids it.</exception>
    internal async Task<AstroPublishPlan> PlanAsync()
    {
        try
        {
            return await CheckAsync();
        }
        catch (AstroException e)
        {
            throw new AstroPublishException(e, e.Message, new AstroPublishFailure { Step = AstroPublishStep.Check, Deployment = _request.Deployment ?? "" });
        }
    }

    private async Task<AstroPublishPlan> CheckAsync()
    {
        PublishChecks.Description(_request.Description);
        if (_request.Folder is { } folder)
            BundleFolder.Require(folder);
        var place = await DeployPlace.FindAsync(_api, _request.Deployment, _request.Workspace);
        var deployment = await place.GetDeploymentAsync();
        await PublishChecks.WorkspaceAsync(place, deployment, _request.Workspace);
        PublishChecks.Deployment(_api, deployment);
        if (!_request.Wake)
            PublishChecks.Awake(deployment);
        if (_request.Folder is null)
            return new AstroPublishPlan(_request, deployment, []);

        var bundle = await Task.Run(() => BundleFolder.Read(_request.Folder, Rules(deployment)), _api.Call.CancellationToken);
        Report(bundle);
        CheckEmpty(bundle, deployment);
        return new AstroPublishPlan(_request, deployment, bundle.Entries.ConvertAll(ToModel)) { TotalBytes = bundle.Entries.Sum(e => e.Length) };
    }

    private BundleRules Rules(AstroDeployment deployment) =>
        new(_request.BundleType is null ? Syntax(deployment) : null, _request.IncludeSensitive, _request.IncludeAirflowIgnored);

    // Airflow's own setting, else its default, which changed with Airflow 3.
    private AstroIgnoreSyntax Syntax(AstroDeployment deployment)
    {
        if (_request.IgnoreSyntax != AstroIgnoreSyntax.Auto)
            return _request.IgnoreSyntax;
        var setting = deployment.EnvironmentVariables.FirstOrDefault(v => v.Key == SyntaxVariable)?.Value;
        if (string.Equals(setting, "glob", StringComparison.OrdinalIgnoreCase))
            return AstroIgnoreSyntax.Glob;
        if (string.Equals(setting, "regexp", StringComparison.OrdinalIgnoreCase))
            return AstroIgnoreSyntax.Regexp;
        return deployment.AirflowVersion.StartsWith("2.", StringComparison.Ordinal) ? AstroIgnoreSyntax.Regexp : AstroIgnoreSyntax.Glob;
    }

    private void Report(BundleFolder bundle)
    {
        var sink = _api.Call.Sink;
        foreach (var (path, why) in bundle.LeftOut)
            sink.Verbose($"Left out: {path} ({why})");
        foreach (var warning in bundle.Warnings)
            sink.Warning(warning);
        if (bundle.Sensitive.Count == 0)
            return;
        var named = string.Join(", ", bundle.Sensitive.OrderBy(p => p, StringComparer.Ordinal).Take(MostNamed).Select(p => $"'{p}'"));
        var more = bundle.Sensitive.Count > MostNamed ? $" and {bundle.Sensitive.Count - MostNamed} more" : "";
        sink.Warning($"Left out because the name looks like a secret's: {named}{more}. -IncludeSensitive takes such files too.");
    }

    private void CheckEmpty(BundleFolder bundle, AstroDeployment deployment)
    {
        if (_request.AllowEmpty)
            return;
        if (_request.BundleType is null && bundle.CodeCount == 0)
        {
            throw new AstroException(
                nameof(Strings.EmptyBundle), Strings.Format(Strings.EmptyBundle, _request.Folder, deployment.Name), AstroErrorCategory.InvalidArgument, _request.Folder);
        }

        if (bundle.Entries.Count == 0)
            throw new AstroException(nameof(Strings.NothingToPublish), Strings.Format(Strings.NothingToPublish, _request.Folder), AstroErrorCategory.InvalidArgument, _request.Folder);
    }

    private AstroBundleFile ToModel(BundleEntry entry) => new()
    {
        Path = BaseFolder(_request) + entry.Path, FullName = entry.File, Length = entry.Length, LinkTarget = entry.LinkTarget,
    };

    /// <summary>The folder inside the bundle: as the published one is called for DAGs, none for other bundles.</summary>
    internal static string BaseFolder(AstroPublishRequest request)
    {
        var name = request.BaseFolder ?? (request.BundleType is null ? Path.GetFileName(request.Folder!.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)) : "");
        name = name.Replace('\\', '/').Trim('/');
        return name.Length == 0 ? "" : name + "/";
    }
}
