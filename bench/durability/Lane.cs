using ToolService.Durability.Hook;
using ToolService.Durability.Scenarios;
using ToolService.Durability.Servers;
using ToolService.Durability.Verification;

namespace ToolService.Durability;

/// <summary>A database, the servers around it, and the one process of the service after the other that is killed on it.</summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly HarnessOptions _options;
    private readonly Report _report;
    private readonly Trigger _trigger;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("toolservice-faults-");
    private readonly List<Ack> _acks = [];
    private CountingServer _tools = null!;
    private ScriptedModel _model = null!;
    private Victim _victim = null!;
    private int _life;
    private int _experiments;

    private Lane(HarnessOptions options, Report report)
    {
        (_options, _report) = (options, report);
        _trigger = new Trigger(() => _victim.Kill());
    }

    public static async Task<Lane> StartAsync(HarnessOptions options, Report report)
    {
        var lane = new Lane(options, report);
        lane._tools = await CountingServer.StartAsync(() => lane._trigger.Passes(Points.During(Points.ToolCall)));
        lane._model = await ScriptedModel.StartAsync(() => lane._trigger.Passes(Points.During(Points.ModelRequest)));
        await lane.RestartAsync(null);
        return lane;
    }

    /// <summary>Goes through every scenario without a kill; the points that each passes, and how often.</summary>
    public async Task<IReadOnlyList<(string Scenario, KillPoint Last)>> CountPointsAsync()
    {
        List<(string, KillPoint)> counted = [];
        foreach (var scenario in Scenario.Names)
        {
            var from = _victim.Passed().Passed.Count;
            Hold(true);
            await Scenario.RunAsync(scenario, NewClient(new Ledger()), $"dry-{scenario.Replace(' ', '-')}");
            Hold(false);
            var trace = _victim.Passed(from);
            foreach (var point in trace.Passed.Select(passed => passed.Point).Distinct().Except(Points.InPassing))
                counted.Add((scenario, new KillPoint(point, trace.Count(point))));
            foreach (var asked in new[] { Points.ToolCall, Points.ModelRequest }.Where(asked => trace.Count(Points.Before(asked)) > 0))
                counted.Add((scenario, new KillPoint(Points.During(asked), trace.Count(Points.Before(asked)))));
        }

        foreach (var unknown in _victim.Passed().Passed.Select(passed => passed.Point).Distinct().Except(Points.All).Except(Points.InPassing))
            throw new InvalidOperationException($"The service passes '{unknown}', which the harness does not know.");
        return counted;
    }

    /// <summary>Kills the service as told, restarts it, and checks.</summary>
    public async Task RunAsync(Kill kill)
    {
        var ledger = new Ledger();
        var load = new Load(kill, $"{Path.GetFileName(_folder.Name)}-{_experiments++}");
        var from = _victim.Passed().Passed.Count;
        await ArmAsync(kill);
        Hold(true);
        await load.RunAsync(NewClient(ledger), () => _victim.HasExited, _report);
        Hold(false);
        var hit = await EndsAsync();
        _report.Aimed(kill.At?.Point ?? "any instant", hit);
        if (!hit)
            return;

        List<Life> lives = [new Life(_life, _victim.Passed(from), Killed: true)];
        await RecoverAsync(kill, lives);
        await VerifyAsync(kill, load, ledger, lives);
    }

    /// <summary>Looks up everything that was ever answered.</summary>
    public async Task CheckAllAsync()
    {
        _report.Aimed("the end", await EndsAtOnceAsync());
        await RestartAsync(null);
        await Verify("at the end").CheckAsync(_acks);
    }

    public async ValueTask DisposeAsync()
    {
        _victim.Dispose();
        await _tools.DisposeAsync();
        await _model.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Client NewClient(Ledger ledger) => new(_victim.Client, ledger, _tools, _model, _trigger.Note);

    /// <summary>Whether the tool and the model that can be held are: while the service is to be killed, and never when it recovers.</summary>
    private void Hold(bool hold) => (_tools.Holds, _model.Pauses) = (hold, hold);

    private Verifier Verify(string experiment) => new(_victim.Client, _tools, _model, _report, experiment);

    private async Task ArmAsync(Kill kill)
    {
        if (kill.At is not { } at)
            _trigger.ArmAfter(kill.AfterEvents);
        else if (at.Point.EndsWith(".during", StringComparison.Ordinal))
            _trigger.Arm(at);
        else
            await _victim.ArmAsync(at);
    }

    /// <summary>Whether the process has been killed. Otherwise it is armed no longer.</summary>
    private async Task<bool> EndsAsync()
    {
        if (!_trigger.Disarm() && await _victim.ArmAsync(null))
            return false;

        await _victim.Exited;
        return true;
    }

    private async Task<bool> EndsAtOnceAsync()
    {
        _victim.Kill();
        await _victim.Exited;
        return true;
    }

    private async Task RecoverAsync(Kill kill, List<Life> lives)
    {
        if (kill.Recovering is { } again)
        {
            await RestartAsync(again);
            var hit = _victim.NeverListened || !await SettlesAsync() || await EndsAsync();
            _report.Aimed(again.Point, hit);
            if (!hit)
                return;

            await _victim.Exited;
            lives.Add(new Life(_life, _victim.Passed(), Killed: true));
        }

        await RestartAsync(null);
    }

    /// <summary>Whether the process lives to see its turns at rest: it may recover still when it listens.</summary>
    private async Task<bool> SettlesAsync()
    {
        try
        {
            await Settling.WaitAsync(new Stored(_victim.Client), _options.Patience, mayWait: true);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task VerifyAsync(Kill kill, Load load, Ledger ledger, List<Life> lives)
    {
        var verifier = Verify($"{kill} (seed {_options.Seed})");
        var streams = new StreamCheck(_victim.Client, _report, $"{kill} (seed {_options.Seed})", ledger.Streams);
        await verifier.AfterRestartAsync(_options.Patience, ledger.Acks);
        var client = NewClient(ledger);
        await load.RunAgainAsync(client, _options.Patience, _report);
        lives.Add(new Life(_life, _victim.Passed(), Killed: false));
        await verifier.AfterRetriesAsync(_options.Patience, lives, client, load.Deletes);
        await verifier.CheckAsync(ledger.Acks);
        await streams.RunAsync(ledger.Streams, _options.Patience);
        _acks.AddRange(ledger.Acks);
    }

    private async Task RestartAsync(KillPoint? at)
    {
        if (_life > 0)
            _victim.Dispose();
        _model.Life = ++_life;
        _victim = await Victim.StartAsync(
            _options.Service,
            _folder.FullName,
            _life,
            [(HookVariables.Tools, _tools.Address), ("OPENAI_BASE_URL", _model.Address), ("OPENAI_API_KEY", "none"), ("MODEL_NAME", "scripted"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "")],
            ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"],
            at);
        if (_victim.NeverListened && at is null)
            throw new InvalidOperationException($"The service does not start: {await _victim.ErrorsAsync()}");
    }
}
