using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deploys;

/// <summary>
/// Publishes a plan. The first part of the bundle is made before Astro is asked to begin a deploy, so that what goes wrong with
/// the folder goes wrong early; a small bundle is that part.
/// </summary>
internal sealed class Publisher
{
    private static readonly TimeSpan AwakeFor = TimeSpan.FromHours(1);

    private readonly DeployPlace _place;
    private readonly AstroPublishPlan _plan;
    private readonly Action<AstroPublishProgress>? _onProgress;
    private AstroPublishStep _step;
    private DeployAnswer? _deploy;
    private string? _status;
    private long _read;

    internal Publisher(DeployPlace place, AstroPublishPlan plan, Action<AstroPublishProgress>? onProgress)
    {
        _place = place;
        _plan = plan;
        _onProgress = onProgress;
    }

    private AstroPublishRequest Request => _plan.Request;

    private IAstroSink Sink => _place.Api.Call.Sink;

    /// <exception cref="AstroPublishException">A step failed.</exception>
    internal async Task<AstroDeploy> PublishAsync()
    {
        try
        {
            var unfinished = new UnfinishedDeploys(_place);
            Begin(AstroPublishStep.Check, "Looking at earlier deploys");
            await unfinished.TellAsync();
            if (_plan.Deployment.Status == PublishChecks.Hibernating)
                await WakeAsync();
            Begin(AstroPublishStep.Bundle, $"Reading {_plan.Files.Count} files");
            var commit = Request.NoGit || Request.Folder is null ? null : await GitCommit.TryReadAsync(Request.Folder, Sink, _place.Api.Call.CancellationToken);
            var version = await SendAsync(unfinished, commit);
            await FinalizeAsync(version);
            if (Request.Wait)
                await WaitAsync(version);
            return _deploy!.ToModel();
        }
        catch (AstroException e)
        {
            throw Explain(e);
        }
    }

    private async Task<string> SendAsync(UnfinishedDeploys unfinished, GitCommit? commit)
    {
        if (Request.Folder is null)
        {
            await CreateAsync(unfinished, null);
            return "";
        }

        using var bundle = new BundleParts(_plan, OnRead, _place.Api.Call.CancellationToken);
        await bundle.ReadFirstAsync();
        await CreateAsync(unfinished, commit);
        Begin(AstroPublishStep.Upload, "Uploading");
        return await bundle.SendAsync(new BlobUpload(_place.Api, UploadAddress(_deploy!), RenewAddressAsync));
    }

    private string? UploadAddress(DeployAnswer deploy) => Request.BundleType is null ? deploy.DagsUploadUrl : deploy.BundleUploadUrl;

    // Whether a deploy that is under way comes with a new address is left open by the API's description; asking costs nothing.
    private async Task<string?> RenewAddressAsync()
    {
        try
        {
            return UploadAddress(await _place.Deploys.GetAsync(_deploy!.Id));
        }
        catch (AstroException e) when (e is not AstroCredentialException)
        {
            Sink.Verbose($"No new address for the upload could be had: {e.Message}");
            return null;
        }
    }

    private async Task WakeAsync()
    {
        Begin(AstroPublishStep.Wake, "Waking the deployment");
        if (!Request.Wake)
            PublishChecks.Awake(_plan.Deployment);
        // Not for good: its schedules hold again afterwards.
        await _place.Deployments.OverrideHibernationAsync(_place.DeploymentId, isHibernating: false, _place.Now + AwakeFor);
        await NewWait().ForWakingAsync(_plan.Deployment);
    }

    private async Task CreateAsync(UnfinishedDeploys unfinished, GitCommit? commit)
    {
        Begin(AstroPublishStep.Create, "Beginning the deploy");
        var body = new CreateDeployBody
        {
            Type = Request.BundleType is null ? "DAG_ONLY" : "BUNDLE",
            Description = Request.Description ?? PublishChecks.Shorten(commit?.Subject),
            BundleType = Request.BundleType,
            BundleMountPath = Request.MountPath,
            Git = commit?.Git.ToBody(),
        };
        try
        {
            _deploy = await _place.Deploys.CreateAsync(body);
        }
        catch (AstroNetworkException e) when (e.MayHaveTakenEffect)
        {
            await unfinished.TellOfLostAsync(e);
            _deploy = await _place.Deploys.CreateAsync(body);
        }

        _status = _deploy.Status;
        Sink.Verbose($"Deploy {_deploy.Id} is begun.");
    }

    private async Task FinalizeAsync(string version)
    {
        Begin(AstroPublishStep.Finalize, "Finishing the deploy");
        var body = Request.BundleType is null
            ? new FinalizeDeployBody { DagTarballVersion = version }
            : new FinalizeDeployBody { BundleTarballVersion = version };
        _deploy = await new DeployFinish(_place, _deploy!.Id, () => _status = "UNKNOWN").FinishAsync(body);
        _status = _deploy.Status;
        Sink.Verbose($"Deploy {_deploy.Id} is {_deploy.Status}, version {version}.");
    }

    private Task WaitAsync(string version)
    {
        Begin(AstroPublishStep.Wait, "Waiting for the deployment");
        return Request.BundleType is null
            ? NewWait().ForDagsAsync(version, _plan.Deployment)
            : NewWait().ForBundleAsync(_deploy!.Id, Request.MountPath!, version, _plan.Deployment);
    }

    private DeployWait NewWait() => new(_place, Request.Patience, Request.PollInterval, status => Report($"The deployment is {status}"));

    private void Begin(AstroPublishStep step, string what)
    {
        _step = step;
        Report(what);
    }

    private void OnRead(long bytes)
    {
        _read += bytes;
        Report(_deploy is null ? "Reading" : "Uploading");
    }

    private void Report(string what) => _onProgress?.Invoke(new AstroPublishProgress(_step, what, _read, _plan.TotalBytes));

    private AstroPublishException Explain(AstroException cause)
    {
        var end = _deploy is null ? "No deploy was begun."
            : _step == AstroPublishStep.Wait ? $"The deploy {_deploy.Id} itself is {_status}."
            : _status == "UNKNOWN" ? $"It is not known whether the deploy {_deploy.Id} was finished: see Get-AstroDeploy -Id {_deploy.Id}."
            : $"The deploy {_deploy.Id} stays {_status}, that is unfinished: it has changed nothing, and Astro has no way to remove it.";
        return new AstroPublishException(
            cause,
            Strings.Format(Strings.PublishFailed, cause.Message, _plan.Deployment.Name, _step.ToString(), end),
            new AstroPublishFailure
            {
                Step = _step, Deployment = _plan.Deployment.Name, DeploymentId = _plan.Deployment.Id, DeployId = _deploy?.Id, DeployStatus = _status,
            });
    }
}
