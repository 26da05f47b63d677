using System;
using System.Linq;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>Names of files that as a rule hold secrets, and of what never belongs into a bundle.</summary>
internal static class SensitiveNames
{
    /// <summary>Whether a file's name looks as if it held a secret.</summary>
    internal static bool Has(string path)
    {
        var name = path.Substring(path.LastIndexOf('/') + 1).ToLowerInvariant();
        if (name.StartsWith(".env.", StringComparison.Ordinal))
            return !IsSample(name);
        return name is ".env" or ".envrc" or ".netrc" or "_netrc" or ".pgpass" or ".pypirc" or ".git-credentials" or ".htpasswd" or ".dockercfg" or ".my.cnf"
                or "id_rsa" or "id_dsa" or "id_ecdsa" or "id_ed25519" or "credentials.json" or "client_secret.json" or "kubeconfig"
            || (name.StartsWith("service-account", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
            || Ends(name, ".env", ".pem", ".key", ".pfx", ".p12", ".p8", ".ppk", ".jks", ".keystore", ".kdbx", ".tfstate", ".tfvars")
            || ("/" + path).EndsWith("/.aws/credentials", StringComparison.OrdinalIgnoreCase)
            || ("/" + path).EndsWith("/.docker/config.json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a folder or file is a tool's own and of no use in a bundle.</summary>
    internal static bool IsLeftover(string name) =>
        name is ".git" or ".hg" or ".svn" or "__pycache__" or ".venv" or ".tox" or ".nox" or ".mypy_cache" or ".pytest_cache" or ".ruff_cache"
            or ".ipynb_checkpoints" or ".DS_Store" or "Thumbs.db"
        || Ends(name, ".pyc", ".pyo");

    private static bool IsSample(string name) => Ends(name, ".example", ".sample", ".template", ".dist");

    private static bool Ends(string name, params string[] ends) => ends.Any(end => name.EndsWith(end, StringComparison.Ordinal));
}
