using System.IO;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>A folder for one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("astroauth-").FullName;

    public string Write(string path, byte[] content)
    {
        var file = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    public void Write(string path, string text = "x = 1\n") => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public void Link(string path, string target)
    {
        var link = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
