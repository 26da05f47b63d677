using AstroAuth.Engine.Api;
using AstroAuth.Engine.Resources;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A change of a workspace sends back all that it does not change.</summary>
public sealed class WorkspaceMergeTests
{
    [Property(MaxTest = 500)]
    public Property whatever_is_not_named_stays() => Prop.ForAll(
        (from name in Gen.Elements("Sales", "x", "Größe")
         from description in Gen.Elements(null, "", "for the shop")
         from enforced in Gen.Elements(true, false)
         from place in Gen.Elements("none", "cluster", "region", "all")
         from newName in Gen.Elements(null, "Other")
         from newDescription in Gen.Elements(null, "", "new")
         from newEnforced in Gen.Elements<bool?>(null, true, false)
         from newPlace in Gen.Elements("none", "cluster", "region")
         select (Now: Workspace(name, description, enforced, place),
             Wanted: new WorkspaceSettings
             {
                 Name = newName, Description = newDescription, EnforceCiCd = newEnforced, DefaultCluster = newPlace == "cluster" ? "named" : null,
                 DefaultCloudProvider = newPlace == "region" ? "GCP" : null, DefaultRegion = newPlace == "region" ? "europe-west1" : null,
             })).ToArbitrary(),
        given => IsRight(given.Now, given.Wanted));

    [Theory]
    [InlineData("Data (c123456789012345678901234)", "c123456789012345678901234")]
    [InlineData("c123456789012345678901234", "c123456789012345678901234")]
    [InlineData("(c123456789012345678901234)", null)]
    [InlineData("Data (c12345678901234567890123)", null)]
    [InlineData("Data c123456789012345678901234)", null)]
    [InlineData("Data", null)]
    [InlineData("", null)]
    public void an_object_of_the_module_means_its_id(string text, string? id) => Assert.Equal(id, Places.IdOf(text));

    private static bool IsRight(WorkspaceAnswer now, WorkspaceSettings wanted)
    {
        var clusterId = wanted.DefaultCluster is null ? null : "resolved";
        var body = WorkspaceKeeper.Merge(now, wanted, clusterId);
        var isMoved = clusterId is not null || wanted.DefaultRegion is not null;
        return body.Name == (wanted.Name ?? now.Name)
            && body.Description == (wanted.Description ?? now.Description ?? "")
            && body.CicdEnforcedDefault == (wanted.EnforceCiCd ?? now.CicdEnforcedDefault)
            && body.DefaultClusterId == (isMoved ? clusterId : now.DefaultClusterId)
            && body.DefaultRegion == (isMoved ? wanted.DefaultRegion : now.DefaultClusterId is null ? now.DefaultRegion : null)
            && body.DefaultCloudProvider is null == body.DefaultRegion is null
            && (body.DefaultClusterId is null || body.DefaultRegion is null);
    }

    private static WorkspaceAnswer Workspace(string name, string? description, bool enforced, string place) => new()
    {
        Id = "w", Name = name, Description = description, CicdEnforcedDefault = enforced, DefaultClusterId = place is "cluster" or "all" ? "c" : null,
        DefaultCloudProvider = place is "region" or "all" ? "AWS" : null, DefaultRegion = place is "region" or "all" ? "us-east-1" : null,
    };
}
