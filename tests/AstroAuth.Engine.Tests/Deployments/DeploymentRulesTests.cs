using System.Text.Json.Nodes;
using AstroAuth.Engine.Deployments;

namespace AstroAuth.Engine.Tests.Deployments;

/// <summary>What Astro would refuse is found before anything is sent (wire contract 4.9.1).</summary>
public sealed class DeploymentRulesTests
{
    [Theory]
    [InlineData("STANDARD", """{"cloudProvider":"AWS","region":"us-east-1"}""", null)]
    [InlineData("STANDARD", """{"cloudProvider":"AWS"}""", "go together")]
    [InlineData("STANDARD", """{"region":"us-east-1"}""", "go together")]
    [InlineData("DEDICATED", """{"cloudProvider":"AWS","region":"us-east-1"}""", "runs on a cluster")]
    [InlineData("HYBRID", """{"region":"us-east-1"}""", "runs on a cluster")]
    [InlineData("STANDARD", """{"scheduler":{"au":5}}""", "type HYBRID")]
    [InlineData("STANDARD", """{"taskPodNodePoolId":"c"}""", "type HYBRID")]
    [InlineData("DEDICATED", """{"remoteExecution":{"enabled":true}}""", "needs the executor ASTRO")]
    [InlineData("DEDICATED", """{"remoteExecution":{"enabled":false}}""", null)]
    [InlineData("DEDICATED", """{"remoteExecution":{"enabled":true},"executor":"ASTRO"}""", null)]
    [InlineData("HYBRID", """{"executor":"ASTRO"}""", "ASTRO is not")]
    [InlineData("HYBRID", """{"executor":"KUBERNETES"}""", "node pool for task pods")]
    [InlineData("HYBRID", """{"executor":"KUBERNETES","taskPodNodePoolId":"c"}""", null)]
    [InlineData("HYBRID", """{"isHighAvailability":true}""", "isHighAvailability is not")]
    [InlineData("HYBRID", """{"schedulerSize":"SMALL"}""", "schedulerSize is not")]
    [InlineData("HYBRID", """{"scalingSpec":{}}""", "scalingSpec is not")]
    [InlineData("HYBRID", """{"remoteExecution":{"enabled":false}}""", "remoteExecution is not")]
    [InlineData("HYBRID", """{"defaultTaskPodCpu":"1"}""", "defaultTaskPodCpu is not")]
    public void fields_that_do_not_fit_the_type_are_named(string type, string fields, string? problem)
    {
        var found = DeploymentRules.FindProblem(Body(type, fields));
        if (problem is null)
            Assert.Null(found);
        else
            Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void pool_that_astro_does_not_show_is_asked_for_only_where_the_executor_changes()
    {
        var (pods, workers) = (Body("HYBRID", """{"executor":"KUBERNETES"}"""), Body("HYBRID", "{}"));
        Assert.Null(DeploymentRules.FindProblem(pods, pods));
        Assert.Contains("node pool for task pods", DeploymentRules.FindProblem(workers, pods), StringComparison.Ordinal);
        Assert.Null(DeploymentRules.FindProblem(workers));
        Assert.Contains("worker queue named default", DeploymentRules.FindProblem(pods, workers), StringComparison.Ordinal);
    }

    [Fact]
    public void workers_get_the_queue_that_they_need()
    {
        var body = Body("STANDARD", """{"executor":"KUBERNETES"}""");
        DeploymentEdits.Apply(body, new() { Executor = "CELERY" });
        Assert.Equal("default", Assert.Single(body["workerQueues"]!.AsArray())!["name"]!.GetValue<string>());
        var made = Body("STANDARD", """{"executor":null}""");
        DeploymentEdits.Apply(made, new() { Executor = "CELERY" });
        Assert.False(made.ContainsKey("workerQueues"));
        var remote = Body("DEDICATED", """{"remoteExecution":{"enabled":true}}""");
        remote["executor"] = "KUBERNETES";
        DeploymentEdits.Apply(remote, new() { Executor = "ASTRO" });
        Assert.False(remote.ContainsKey("workerQueues"));
    }

    private static JsonObject Body(string type, string fields)
    {
        var body = new JsonObject { ["type"] = type, ["name"] = "x", ["executor"] = "CELERY" };
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
            body[name] = value?.DeepClone();
        return body;
    }
}
