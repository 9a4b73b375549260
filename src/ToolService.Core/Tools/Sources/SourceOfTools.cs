using Microsoft.Extensions.Logging;

namespace ToolService.Core.Tools.Sources;

/// <summary>One source: loads its tools, once at a time, and knows where it stands.</summary>
internal sealed class SourceOfTools : IAsyncDisposable
{
    private readonly IToolSource _source;
    private readonly Shared _shared;
    private readonly SourceAdmission _admission;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _gone = new();
    private Task _loading = Task.CompletedTask;
    private Task<SourceTools>? _abandoned;
    private DateTimeOffset _patienceEnds;
    private DateTimeOffset _loadBegan;
    private int _failures;
    private bool _reloadIsPlanned;
    private int _isLeaving;
    private volatile SourceStatus _status;

    public SourceOfTools(IToolSource source, Shared shared)
    {
        (_source, _shared) = (source, shared);
        _admission = new SourceAdmission(source, shared);
        _status = new SourceStatus(source.Name, source.Kind, SourceState.Idle, 0);
        source.Changed += Reload;
    }

    public string Name => _source.Name;

    public string? Prefix => _source.Prefix;

    public SourceStatus Status => _status;

    /// <summary>Loads the tools, unless they are there, or loading has just failed; completes when that has ended either way.</summary>
    /// <param name="force">Whether to load them all the same.</param>
    public Task LoadAsync(bool force)
    {
        lock (_lock)
        {
            if (!_loading.IsCompleted || _gone.IsCancellationRequested || !(force || IsDue()))
                return _loading;

            var now = _shared.Time.GetUtcNow();
            (_loadBegan, _patienceEnds) = (now, now + _shared.Options.ListPatience);
            _status = _status with { State = SourceState.Connecting, NextAttemptAt = null };
            return _loading = Task.Run(LoadAsync);
        }
    }

    /// <summary>Loads the tools as they are now: a load that has begun already may not see what has changed since.</summary>
    public async Task RefreshAsync()
    {
        Task begun;
        lock (_lock)
            begun = _loading;
        await begun;
        await LoadAsync(force: true);
    }

    /// <summary>Whether the caller is the one that disposes this; all others are told false.</summary>
    public bool TryLeave() => Interlocked.Exchange(ref _isLeaving, 1) == 0;

    /// <summary>Has the tools loaded for a listing, which does not wait for long.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var load = LoadAsync(force: false);
        if (load.IsCompleted)
            return Task.CompletedTask;

        var patience = _patienceEnds - _shared.Time.GetUtcNow();
        return patience > TimeSpan.Zero ? WithinAsync() : Task.CompletedTask;

        async Task WithinAsync() =>
            await load.WaitAsync(patience, _shared.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task<ApprovalOutcome> ApproveAsync(string toolName, string definitionHash, string approvedBy)
    {
        if (_status.Held.FirstOrDefault(held => held.Tool.Name == toolName) is not { } held)
            return ApprovalOutcome.Unknown;
        if (held.Tool.DefinitionHash != definitionHash)
            return ApprovalOutcome.Changed;

        await _admission.ApproveAsync(held.Tool, approvedBy);
        await RefreshAsync();
        // A source that cannot be reached now says nothing else: the approval stands, and holds when it is back.
        return _status is { State: SourceState.Ready } status && status.Held.Any(still => still.Tool.Name == toolName)
            ? ApprovalOutcome.Changed
            : ApprovalOutcome.Approved;
    }

    public async ValueTask DisposeAsync()
    {
        Task loading;
        lock (_lock)
        {
            _gone.Cancel();
            loading = _loading;
        }

        _source.Changed -= Reload;
        await loading;
        await _source.DisposeAsync();
        _shared.Registry.Replace(Name, []);
    }

    private bool IsDue() =>
        _status.State is SourceState.Idle || (_status.State is SourceState.Failed && _status.NextAttemptAt <= _shared.Time.GetUtcNow());

    private async Task LoadAsync()
    {
        try
        {
            var found = await FetchAsync();
            var admitted = await _admission.AdmitAsync(found);
            var missing = _gone.IsCancellationRequested ? [] : _admission.Publish(admitted);
            _failures = 0;
            _status = new SourceStatus(Name, _source.Kind, SourceState.Ready, admitted.Tools.Count - missing.Count)
            {
                LoadedAt = _shared.Time.GetUtcNow(),
                Skipped = [.. admitted.Skipped, .. missing],
                Held = admitted.Held,
            };
            _shared.Logger.SourceLoaded(Name, _status.ToolCount, _status.Skipped.Count, _status.Held.Count);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private async Task<SourceTools> FetchAsync()
    {
        if (_abandoned is { IsCompleted: false })
            throw new ToolException("The attempt before has not ended yet.");

        using var timeout = new CancellationTokenSource(_shared.Options.LoadTimeout, _shared.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _gone.Token);
        var load = _source.LoadAsync(either.Token);
        try
        {
            return await load.WaitAsync(either.Token);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new ToolException($"It did not list its tools within {_shared.Options.LoadTimeout.TotalSeconds:0.###} seconds.", e);
        }
        finally
        {
            _abandoned = load.IsCompleted ? null : load;
        }
    }

    private void Fail(Exception exception)
    {
        var incident = Guid.CreateVersion7().ToString("N");
        if (!_gone.IsCancellationRequested)
            _shared.Logger.SourceFailed(exception, Name, incident);

        var wait = Math.Min(_shared.Options.MaxRetryDelay.Ticks, _shared.Options.RetryDelay.Ticks * Math.Pow(2, Math.Min(_failures++, 30)));
        _status = _status with
        {
            State = SourceState.Failed,
            Error = exception is ToolException or ToolDefinitionException
                ? exception.Message
                : $"It failed unexpectedly; the log has the details under {incident}.",
            NextAttemptAt = _shared.Time.GetUtcNow() + TimeSpan.FromTicks((long)wait),
        };
    }

    // A source may say that it changed as often as it likes; it is asked what changed at most once per RetryDelay.
    private void Reload()
    {
        lock (_lock)
        {
            if (_reloadIsPlanned || _gone.IsCancellationRequested || _status.State is SourceState.Idle)
                return;
            _reloadIsPlanned = true;
        }

        _ = ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        var wait = _loadBegan + _shared.Options.RetryDelay - _shared.Time.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _shared.Time, _gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
            _reloadIsPlanned = false;
        await RefreshAsync();
    }

    /// <summary>What all sources have in common.</summary>
    internal sealed record Shared(
        ToolRegistry Registry, IKnownToolStore Known, SourcesOptions Options, TimeProvider Time, ILogger Logger);
}
