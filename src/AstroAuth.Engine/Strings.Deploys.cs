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
}
