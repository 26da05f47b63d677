using System;
using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.Connection;

/// <content>The parameters and the work of a person's login.</content>
public sealed partial class ConnectAstroCommand
{
    private const string InteractiveSet = "Interactive";
    private const string NoBrowserSet = "NoBrowser";
    private const string DeviceCodeSet = "DeviceCode";
    private const int PatienceSec = 300;

    /// <summary>Sign in with the system's browser, whatever else there is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>Sign in with a browser of your choice: the link is written as a warning.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoBrowserSet)]
    [Alias("LoginLink")]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>Sign in with a code that is typed at a page on any device, where the login service offers it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    public SwitchParameter UseDeviceCode { get; set; }

    /// <summary>The e-mail address that the login page begins with.</summary>
    [Parameter(ParameterSetName = ResolveSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = NoBrowserSet)]
    [ArgumentCompleter(typeof(LoginHintCompleter))]
    [ValidateNotNullOrEmpty]
    public string? LoginHint { get; set; }

    /// <summary>Keep the session in memory only.</summary>
    [Parameter(ParameterSetName = ResolveSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = NoBrowserSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    public SwitchParameter NoPersist { get; set; }

    /// <summary>Where the system protects no secrets, keep the session in a file that only you may read.</summary>
    [Parameter(ParameterSetName = ResolveSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = NoBrowserSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    public SwitchParameter AllowUnprotectedCache { get; set; }

    private AstroSessionStorage Storage => NoPersist || CiHost.IsAny ? AstroSessionStorage.Memory
        : AllowUnprotectedCache ? AstroSessionStorage.UnprotectedFile
        : AstroSessionStorage.Protected;

    private UserSignIn NewSignIn(AstroLoginMethod method)
    {
        var isTimed = MyInvocation.BoundParameters.ContainsKey(nameof(TimeoutSec));
        var request = new AstroLoginRequest
        {
            Name = Name,
            Domain = DomainToUse,
            Method = method,
            LoginHint = LoginHint ?? Imported?.User,
            Patience = TimeSpan.FromSeconds(isTimed ? TimeoutSec : PatienceSec),
            TimeoutSec = TimeoutSec,
            Storage = Storage,
        };
        return new UserSignIn(this, request, PersonPlaces, !SkipValidation);
    }

    private AstroConnection? SignIn(AstroLoginMethod method)
    {
        var signIn = NewSignIn(method);
        signIn.RequirePerson();
        return ShouldProcess(signIn.Domain, $"Sign in as '{Name}'") ? signIn.SignIn() : null;
    }

    // What is left where no credential is: the saved session, then a person.
    private AstroConnection? ResumeOrSignIn()
    {
        var signIn = NewSignIn(AstroLoginMethod.Browser);
        var whyNot = Interactivity.WhyNot(Host);
        if (!NoPersist && !CiHost.IsAny && signIn.HasSaved)
        {
            if (!ShouldProcess(signIn.Domain, $"Connect as '{Name}' with the saved session"))
                return null;
            try
            {
                if (signIn.Resume() is { } connection)
                    return connection;
            }
            catch (AstroCredentialException e) when (whyNot is null)
            {
                WriteWarning(e.Message);
            }
        }

        return whyNot is null
            ? SignIn(AstroLoginMethod.Browser)
            : throw EnvironmentCredential.Read().ToNoCredential(
                ($"saved session '{Name}' for {signIn.Domain}", CiHost.IsAny ? "not used in a CI job" : "none"),
                ("signing in", $"not possible, {whyNot}"));
    }
}
