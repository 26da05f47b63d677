namespace AstroAuth;

/// <summary>How the lines of .airflowignore are read (Airflow's setting core.dag_ignore_file_syntax).</summary>
public enum AstroIgnoreSyntax
{
    /// <summary>As the deployment's Airflow does: by its setting, else as globs from Airflow 3 on and as regular expressions before.</summary>
    Auto,

    /// <summary>As regular expressions, found anywhere in a path.</summary>
    Regexp,

    /// <summary>As .gitignore.</summary>
    Glob,
}
