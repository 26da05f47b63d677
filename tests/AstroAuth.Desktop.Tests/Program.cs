using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using AstroAuth.Hosting;

namespace AstroAuth.Desktop.Tests;

/// <summary>
/// Runs the tests of this program against a staged module: <c>AstroAuth.Desktop.Tests.exe MODULE [options of xunit.console]</c>.
/// The module's own loader loads the engine; only what the tests themselves ask for is answered here, from the same files.
/// </summary>
internal static class Program
{
    // What Mono 6 does in another way than .NET Framework, so that nothing could be learnt from it.
    private static readonly string[] s_otherInMono =
    [
        // Its HttpClient does not tell whether a connection came about.
        "AstroAuth.Engine.Tests.Engine.TransportTests.nobody_at_the_address_is_said_so_and_cannot_have_taken_effect",
        "AstroAuth.Engine.Tests.Engine.ConnectionResolverTests.test_reports_who_and_never_throws",
        // It cannot make certificates.
        "AstroAuth.Engine.Tests.Engine.TlsTests.another_authority_does_not_vouch_for_the_host",
        "AstroAuth.Engine.Tests.Engine.TlsTests.certificate_for_another_name_is_refused_although_its_root_is_trusted",
        "AstroAuth.Engine.Tests.Engine.TlsTests.certificate_for_the_right_name_of_a_trusted_root_is_taken",
    ];

    internal static string Module { get; private set; } = "";

    internal static string Payload => Path.Combine(Module, "deps", "desktop");

    internal static int Main(string[] args)
    {
        Module = Path.GetFullPath(args[0]);
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => AnswerTests(request);
        LoadEngine();
        var runner = Path.Combine(AppDomain.CurrentDomain.BaseDirectory, "xunit.console.exe");
        var isMono = Type.GetType("Mono.Runtime") is not null;
        return AppDomain.CurrentDomain.ExecuteAssembly(runner,
        [
            typeof(Program).Assembly.Location, "-noappdomain", "-parallel", "none", "-nologo", .. args.Skip(1),
            .. isMono ? s_otherInMono.SelectMany(name => new[] { "-nomethod", name }) : [],
        ]);
    }

    // By itself, so that Main can be compiled before anything of the module is to be found.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LoadEngine()
    {
        // PowerShell has loaded the models with the cmdlets by then.
        RuntimeHelpers.RunClassConstructor(typeof(AstroConnection).TypeHandle);
        DesktopLoader.Create(Payload, "AstroAuth.Engine", "AstroAuth.Engine.AstroEngine");
    }

    private static Assembly? AnswerTests(ResolveEventArgs request)
    {
        // In the module it is the loader's business.
        if (request.RequestingAssembly is { IsDynamic: false } requester && requester.Location.StartsWith(Module, StringComparison.Ordinal))
            return null;
        var file = new AssemblyName(request.Name).Name + ".dll";
        return new[] { Module, Payload }.Select(folder => Path.Combine(folder, file)).Where(File.Exists).Select(Assembly.LoadFrom).FirstOrDefault();
    }
}
