using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Deploys.Bundles;

namespace AstroAuth.Engine.Deploys;

/// <summary>
/// Publishes a plan. The first part of the bundle is made before Astro is asked to begin a deploy, so that what goes wrong with
/// the folder goes wrong early; a small bundle is that part.
/// </summary>
internal sealed class Publisher
{
    private const int PartSize = 4 << 20;
    private const int MostTries = 3;
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

        using var source = new GzipSource(TarChunks.Read(Entries(), "", OnRead, _place.Api.Call.CancellationToken), Math.Min(6, Environment.ProcessorCount + 1));
        var part = new byte[PartSize];
        var count = await ReadAsync(source, part);
        await CreateAsync(unfinished, commit);
        Begin(AstroPublishStep.Upload, "Uploading");
        var upload = new BlobUpload(_place.Api, Request.BundleType is null ? _deploy!.DagsUploadUrl : _deploy!.BundleUploadUrl);
        if (count < PartSize)
            return await upload.PutWholeAsync(new ArraySegment<byte>(part, 0, count));

        // The next part is made while one is sent.
        var next = new byte[PartSize];
        while (count > 0)
        {
            var reading = count == PartSize ? ReadAsync(source, next) : Task.FromResult(0);
            await upload.PutBlockAsync(new ArraySegment<byte>(part, 0, count));
            count = await reading;
            (part, next) = (next, part);
        }

        return await upload.CommitAsync();
    }

    private static Task<int> ReadAsync(GzipSource source, byte[] part) => Task.Run(() => source.ReadAsync(part));

    private IEnumerable<BundleEntry> Entries() => _plan.Files.Select(f => new BundleEntry(f.Path, f.FullName, f.Length, f.LinkTarget));

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

    // A lost answer is looked into: a deploy that says it is deployed is.
    private async Task FinalizeAsync(string version)
    {
        Begin(AstroPublishStep.Finalize, "Finishing the deploy");
        var body = Request.BundleType is null
            ? new FinalizeDeployBody { DagTarballVersion = version }
            : new FinalizeDeployBody { BundleTarballVersion = version };
        for (var tries = 1; ; tries++)
        {
            try
            {
                _deploy = await _place.Deploys.FinalizeAsync(_deploy!.Id, body);
                break;
            }
            catch (AstroException e) when (tries < MostTries && IsLost(e))
            {
                _status = "UNKNOWN";
                Sink.Verbose($"The answer to the finishing of deploy {_deploy!.Id} was lost ({e.ErrorId}); looking at it.");
                if (await IsDeployedAsync())
                    break;
            }
        }

        _status = _deploy.Status;
        Sink.Verbose($"Deploy {_deploy.Id} is {_deploy.Status}, version {version}.");
    }

    private static bool IsLost(AstroException e) => e is AstroNetworkException { MayHaveTakenEffect: true } or AstroApiException { StatusCode: >= 500 };

    private async Task<bool> IsDeployedAsync()
    {
        try
        {
            _deploy = await _place.Deploys.GetAsync(_deploy!.Id);
            return _deploy.Status == "DEPLOYED";
        }
        catch (AstroApiException e) when (e.StatusCode == 403)
        {
            return false;
        }
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
