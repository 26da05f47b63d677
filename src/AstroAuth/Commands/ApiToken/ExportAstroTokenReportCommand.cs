using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace AstroAuth.Commands.ApiToken;

/// <summary>Audits API tokens and writes a report: a page to look at, JSON for programs, or CSV for spreadsheets.</summary>
[Cmdlet(VerbsData.Export, "AstroTokenReport", DefaultParameterSetName = AllSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportAstroTokenReportCommand : AuditCmdlet
{
    private readonly List<AstroApiToken> _tokens = [];
    private readonly List<AstroTokenFinding> _findings = [];
    private ReportFile? _file;

    /// <summary>The file to write; its extension says the form: .html, .json or .csv.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Write over a file that is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Keep a file that is there, and fail.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Give the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    internal override bool IsWanted => _file is not null;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Before anything is asked: a long audit must not end with a name that cannot be written.
        Begin(() =>
        {
            var file = new ReportFile(Resolve(), NoClobber, Force);
            if (ShouldProcess(file.FullName, "Write a report of API tokens"))
                _file = file;
        });
    }

    /// <inheritdoc />
    internal override void Take(IReadOnlyList<AstroApiToken> tokens, IReadOnlyList<AstroTokenFinding> findings)
    {
        _tokens.AddRange(tokens);
        _findings.AddRange(findings);
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        // A report of tokens that could not be listed would say that all is well.
        if (_file is not { } file || IsIncomplete || (ParameterSetName == AllSet && Current is null))
            return;
        Guard(() =>
        {
            Take([], Audit.TestMachine());
            var report = new AstroTokenReport
            {
                Organization = Current is null ? _tokens.Select(t => t.OrganizationId).FirstOrDefault() ?? "" : NameOrganization(),
                Domain = Current?.Domain ?? "",
                Tokens = _tokens,
                Findings = _findings,
                Summary = Audit.Summarize(),
                Options = Options,
            };
            file.Write(output => Engine.WriteReport(report, file.Format, output));
            if (PassThru)
                WriteObject(new FileInfo(file.FullName));
        });
    }

    // A token tells the id; the name makes the better heading, and is not worth a failure.
    private string NameOrganization()
    {
        var name = Current.Organization?.Name;
        var id = Current.Organization?.Id ?? _tokens.Select(t => t.OrganizationId).FirstOrDefault();
        if (name is null && id is not null)
        {
            Run(async (_, sink, token) =>
            {
                try
                {
                    name = (await Engine.GetOrganizationAsync(new AstroCall(Current, sink, token), id)).Name;
                }
                catch (AstroException e)
                {
                    sink.Verbose($"The report names its organization by the id: {e.Message}");
                }
            });
        }

        return name ?? id ?? "";
    }

    private string Resolve()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        return System.IO.Path.IsPathRooted(path) ? path : System.IO.Path.GetFullPath(path);
    }
}
