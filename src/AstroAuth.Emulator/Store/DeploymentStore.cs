namespace AstroAuth.Emulator.Store;

/// <summary>All deployments.</summary>
internal sealed class DeploymentStore(IEnumerable<Deployment> deployments) : OrderedStore<Deployment>(deployments)
{
    public Deployment? Find(string organizationId, string id) => All.Find(d => d.Id == id && d.OrganizationId == organizationId);

    protected override string IdOf(Deployment one) => one.Id;
}
