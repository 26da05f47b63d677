using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Seed;

/// <summary>Deployments for load, like one of the known ones but for what is each one's own.</summary>
internal static class SeedDeployments
{
    public static void AddMany(AstroDirectory directory, int count)
    {
        var model = directory.Deployments.First(d => d.Id == SeedDirectory.SalesEtl);
        for (var i = 0; i < count; i++)
        {
            var id = Cuid.Stable($"load/deployment/{i}");
            directory.DeploymentStore.Add(model with
            {
                Id = id, Name = $"load-{i:0000}", Namespace = $"loaded-comet-{i:0000}",
                WorkspaceId = i % 2 == 0 ? SeedDirectory.DataPlatform : SeedDirectory.Analytics,
                WorkerQueues = [model.WorkerQueues[0] with { Id = Cuid.Stable($"load/queue/{i}") }],
            });
        }
    }
}
