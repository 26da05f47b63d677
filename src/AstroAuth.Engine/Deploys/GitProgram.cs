using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Deploys;

/// <summary>Asks the git program about a folder. Whatever goes wrong is no answer, never a failure.</summary>
internal sealed class GitProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _program;
    private readonly string _folder;

    private GitProgram(string program, string folder)
    {
        _program = program;
        _folder = folder;
    }

    /// <summary>Git for a folder, or null where there is no git.</summary>
    internal static GitProgram? TryFind(string folder)
    {
        // By its full path: Windows would also take one that lies in the current folder.
        var name = Path.DirectorySeparatorChar == '\\' ? "git.exe" : "git";
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(p => p.Length > 0 && Path.IsPathRooted(p) && p.IndexOfAny(Path.GetInvalidPathChars()) < 0)
            .Select(p => Path.Combine(p, name)).FirstOrDefault(File.Exists);
        return program is null ? null : new GitProgram(program, folder);
    }

    /// <summary>What git prints, without white space around it; null when it fails or takes too long.</summary>
    internal async Task<string?> AskAsync(string arguments, CancellationToken cancellationToken)
    {
        // Neither the repository's own settings may start a program, nor does git write into it.
        var start = new ProcessStartInfo(_program, "-c core.fsmonitor=false -c core.quotePath=false " + arguments)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            // Its pipes close when it ends, also when it is ended; both are read, so that neither can fill up.
            var output = ReadAsync(process.StandardOutput);
            var errors = ReadAsync(process.StandardError);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            using (patience.Token.Register(() => End(process)))
                await Task.WhenAll(output, errors);
            cancellationToken.ThrowIfCancellationRequested();
            return process.WaitForExit((int)Patience.TotalMilliseconds) && process.ExitCode == 0 ? (await output).Trim() : null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Task<string> ReadAsync(TextReader pipe) => Task.Run(pipe.ReadToEnd);

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // It has ended by itself meanwhile.
        }
    }
}
