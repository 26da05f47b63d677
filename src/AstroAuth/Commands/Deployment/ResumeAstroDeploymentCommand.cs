using System.Management.Automation;

namespace AstroAuth.Commands.Deployment;

/// <summary>Wakes a development deployment, against its schedules.</summary>
[Cmdlet(VerbsLifecycle.Resume, "AstroDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(AstroDeployment))]
public sealed class ResumeAstroDeploymentCommand : HibernationCmdlet
{
    internal override bool Hibernates => false;
}
