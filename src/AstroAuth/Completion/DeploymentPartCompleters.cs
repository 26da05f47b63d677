using System;
using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes clusters that deployments seen run on, by name.</summary>
internal sealed class ClusterNameCompleter : SeenNameCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<SeenThing> Find(CompletionRequest request) => request.Of(SeenKind.Cluster);
}

/// <summary>Completes regions that deployments seen run in, those of the cloud that was typed.</summary>
internal sealed class RegionCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request)
    {
        var cloud = request.Text("CloudProvider") ?? request.Text("DefaultCloudProvider");
        return request.Of(SeenKind.Region)
            .Where(r => cloud is null || string.Equals(r.Within, cloud, StringComparison.OrdinalIgnoreCase))
            .Select(r => (r.Name, r.Detail)).ByText();
    }
}

/// <summary>Completes versions of Astro Runtime, the newest first.</summary>
internal sealed class RuntimeVersionCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.Of(SeenKind.RuntimeRelease)
        .OrderByDescending(r => r.MadeOn ?? DateTimeOffset.MinValue)
        .ThenByDescending(r => r.Id, StringComparer.Ordinal)
        .Select(r => new CompletionItem(r.Id, r.Detail));
}

/// <summary>Completes the worker queues of the deployment that was typed.</summary>
internal sealed class WorkerQueueCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => DeploymentNameCompleter.In(request)
        .Where(d => request.Deployment is not { } wanted || request.Is(new AstroPlace(d.Id, d.Name), SeenKind.Deployment, wanted))
        .SelectMany(d => d.Parts.OfType<AstroWorkerQueue>().Select(q => (q.Name, $"{q} of {d.Name}"))).ByText();
}

/// <summary>Completes node pools that worker queues seen use.</summary>
internal sealed class NodePoolCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.Of(SeenKind.Deployment)
        .SelectMany(d => d.Parts.OfType<AstroWorkerQueue>().Where(q => q.NodePoolId is not null).Select(q => (q.NodePoolId!, $"{q} of {d.Name}"))).ByText();
}

/// <summary>Completes deploys by id, the newest first, of the deployment that was typed or is the connection's.</summary>
internal sealed class DeployIdCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.OfDeployment(SeenKind.Deploy).ByTime();
}

/// <summary>Completes types of bundles that deploys seen brought.</summary>
internal sealed class BundleTypeCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => Bundles(request).Select(b => (b.BundleType, b.ToString())).ByText();

    internal static IEnumerable<AstroBundle> Bundles(CompletionRequest request) => request.OfDeployment(SeenKind.Deploy).SelectMany(d => d.Parts.OfType<AstroBundle>());
}

/// <summary>Completes where bundles of deploys seen are mounted, those of the type that was typed.</summary>
internal sealed class MountPathCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => BundleTypeCompleter.Bundles(request)
        .Where(b => request.Text("BundleType") is not { } type || string.Equals(b.BundleType, type, StringComparison.OrdinalIgnoreCase))
        .Select(b => (b.MountPath, b.ToString())).ByText();
}
