using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Hosting;
using AstroAuth.Vaults;

namespace AstroAuth.Commands.ApiTokenRotation;

/// <summary>Gives API tokens new values and keeps them in a vault, so that at no moment a value is lost.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AstroApiTokenRotation", DefaultParameterSetName = IdSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AstroTokenRotation))]
public sealed partial class InvokeAstroApiTokenRotationCommand : AstroConnectedCmdlet
{
    private readonly List<Wish> _wishes = [];
    private AstroException? _undelivered;
    private int _failures;
    private string? _firstFailure;

    /// <summary>Notes what is asked for; all of it is planned together at the end.</summary>
    protected override void Process()
    {
        // An object that says where a value is kept may not know it; both or nothing.
        var secretName = (SecretName as PSObject)?.BaseObject ?? SecretName;
        var vault = string.IsNullOrEmpty(Vault) ? null : Vault;
        if (vault is null || secretName is "")
            secretName = null;
        if (secretName is null)
            vault = null;
        if (Id is null)
            _wishes.Add(new Wish(null, vault, secretName));
        foreach (var id in Id ?? [])
            _wishes.Add(new Wish(id, vault, secretName));
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        // A pipeline that held nothing asks for nothing.
        if (_wishes.Count == 0)
            return;
        try
        {
            Guard(base.Process);
        }
        finally
        {
            if (_failures > 0)
                CiErrors.Report(Host.UI, _failures == 1 ? _firstFailure! : $"{_failures} rotations failed; the first: {_firstFailure}");
        }

        if (_undelivered is not null)
            ThrowTerminatingError(_undelivered.ToErrorRecord());
    }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        try
        {
            await RotateAsync(call);
        }
        catch (AstroException e)
        {
            Note(e);
            throw;
        }
    }

    private async Task RotateAsync(AstroCall call)
    {
        var names = new NamePatterns(Name);
        var run = await Engine.PlanRotationAsync(call, ToRequest(names));

        // A schedule with a name that is misspelt must not look as if all were well.
        foreach (var missing in names.Missing(nameof(Strings.ApiTokenNotFound), Strings.ApiTokenNotFound, Current))
        {
            Note(missing);
            Report(missing);
        }

        if (!await Pump.InvokeAsync(() => Choose(run.Candidates)))
            return;
        var progress = new RotationProgress(this, run.Candidates.Count(c => c.IsWanted));
        var vault = new PumpedVault(Pump, new SecretVault(new SecretManagement(this), text => Pump.Post(() => WriteWarning(text))));
        try
        {
            await run.RunAsync(call, vault, (result, failure) => DeliverAsync(result, failure, progress));
        }
        finally
        {
            Pump.Post(progress.End);
        }
    }

    private Task<bool> DeliverAsync(AstroTokenRotation result, AstroException? failure, RotationProgress progress) => Pump.InvokeAsync(
        () =>
        {
            progress.Count(result);
            if (failure is not null)
                Note(failure);
            WriteAll([result]);

            // A value that no vault holds ends the command, after the others are done.
            if (result.Token is not null && _undelivered is null)
                _undelivered = failure;
            else if (failure is not null)
                WriteError(failure.ToErrorRecord());
            return true;
        });

    private void Note(AstroException failure)
    {
        _failures++;
        _firstFailure ??= failure.Message;
    }

    private AstroRotationRequest ToRequest(NamePatterns names) => new()
    {
        Ids = _wishes.Where(w => w.Id is not null).Select(w => w.Id!).ToList(),
        NameMatches = names.Matches,
        Strategy = Strategy,
        GracePeriod = GracePeriod,
        ExpiresInDays = MyInvocation.BoundParameters.ContainsKey(nameof(ExpiresInDays)) ? ExpiresInDays : null,
        OlderThan = OlderThan,
        ExpiringWithin = ExpiringWithin,
        ThrottleLimit = ThrottleLimit,
        FallbackVault = FallbackVault,
        Force = Force,
        Recover = Recover,
    };

    private sealed record Wish(string? Id, string? Vault, object? SecretName);
}
