namespace AstroAuth.Engine;

internal static partial class Strings
{
    // The bundle
    internal const string FolderNotFound = "There is no folder '{0}'. Nothing was sent to Astro.";
    internal const string NotAFolder = "'{0}' is a file; name the folder that holds the DAGs. Nothing was sent to Astro.";
    internal const string EmptyBundle = "'{0}' holds no Python file that Airflow would read, and publishing it would remove every DAG of '{1}'. Nothing was sent. Use -AllowEmpty if that is what you want.";
    internal const string BundleUnreadable = "'{0}' cannot be read: {1}";
    internal const string BundleFileChanged = "'{0}' became shorter while it was read. Publish again when nothing writes to the folder.";
    internal const string InvalidIgnoreFile = "The ignore file '{0}' cannot be used because of: {1}";
    internal const string LinkLeavesFolder = "The link '{0}' leads out of the folder, to '{1}'. It would lead nowhere in Astro: copy what it points to, or name the link in .astroignore.";
    internal const string LinkIsLoop = "The link '{0}' points to a folder it lies in, and Airflow refuses such a loop. Remove it, or name it in .astroignore.";
    internal const string NothingToPublish = "'{0}' holds nothing that would go into a bundle. Nothing was sent. Use -AllowEmpty if that is what you want.";

    // The deploy
    internal const string InvalidDeployDescription = "A deploy's description has at most 500 characters; this one has {0}.";
    internal const string WorkspaceMismatch = "The deployment '{0}' is in workspace '{1}', not in '{2}'. Nothing was sent. Name the workspace with -Workspace, or check that it is the deployment you mean.";
    internal const string DagDeployDisabled = "The deployment '{0}' does not take DAGs without an image: DAG deploys are switched off. Nothing was sent. Switch them on in the deployment's settings, or deploy an image.";
    internal const string CiCdEnforced = "The deployment '{0}' takes deploys of API tokens only (CI/CD is enforced), and this connection is a person's. Nothing was sent. Connect with an API token, as your pipeline does.";
    internal const string DeploymentHibernating = "The deployment '{0}' is hibernating and takes no deploy. Nothing was sent. Wake it first; Publish-AstroDag does it with -Wake.";
    internal const string UploadAddressRefused = "Astro gave no address for the upload that is safe to use (https, or loopback for the emulator); nothing was uploaded.";
    internal const string UploadRefused = "The store at {0} refused the upload with status {1}{2} after {3}. {4}";
    internal const string UploadVersionMissing = "The store at {0} took the upload but named no version of it (x-ms-version-id), without which Astro cannot run it. Publish again; tell Astronomer's support if it stays.";
    internal const string PublishFailed = "{0} Publishing to '{1}' ended at the step {2}. {3}";
    internal const string DeploySuperseded = "The deployment '{0}' is to run another version by now ({1}): somebody published after this.";
    internal const string DeployWaitTimeout = "The deployment '{0}' is {1} and was not seen as wanted ({2}) within {3} s. It may still get there; -WaitTimeoutSec gives more time.";
    internal const string NotDeployed = "The deploy {0} is {1}; only one that was DEPLOYED can be gone back to.";
}
