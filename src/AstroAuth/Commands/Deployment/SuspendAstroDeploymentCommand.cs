using System.Management.Automation;

namespace AstroAuth.Commands.Deployment;

/// <summary>Puts a development deployment to sleep, against its schedules.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "AstroDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(AstroDeployment))]
public sealed class SuspendAstroDeploymentCommand : HibernationCmdlet
{
    internal override bool Hibernates => true;
}
