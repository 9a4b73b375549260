using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations;

/// <summary>Begins turns, finds those that were begun, and stops them.</summary>
public sealed class TurnService
{
    private readonly IConversationStore _store;
    private readonly TurnReader _turns;
    private readonly TurnOpenings _openings;
    private readonly TurnRunner _runner;
    private readonly IBackgroundTurns _background;
    private readonly ModelRegistry _models;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TurnService> _logger;

    internal TurnService(
        IConversationStore store, TurnReader turns, TurnOpenings openings, TurnRunner runner, IBackgroundTurns background, ModelRegistry models,
        IOptions<ConversationOptions> options, TimeProvider time, ILogger<TurnService> logger)
    {
        (_store, _turns, _openings, _runner, _background) = (store, turns, openings, runner, background);
        (_models, _options, _time, _logger) = (models, options.Value, time, logger);
    }

    /// <summary>
    /// Begins a turn. It goes on whether or not anybody watches it. A request whose idempotency key is known gets the turn that has it.
    /// </summary>
    public async Task<TurnStart> StartAsync(TurnRequest request, CancellationToken cancellationToken)
    {
        if (await FindStartAsync(request, cancellationToken) is { } found)
            return found;
        var known = request.SessionId is { } id ? await _store.FindSessionAsync(id, request.Owner, cancellationToken) : null;
        if (request.SessionId is not null && known is null)
            return new TurnStart(null, TurnRefusal.SessionNotFound);
        if (known?.ActiveTurnId is { } active)
            return new TurnStart(null, TurnRefusal.SessionBusy, active);
        if (_models.Find(request.Model ?? known?.Model) is not { } model)
            return new TurnStart(null, TurnRefusal.UnknownModel);
        if (!model.ReadsImages && request.Files.Any(file => file is DataContent))
            return new TurnStart(null, TurnRefusal.ImagesNotRead);

        return await BeginAsync(request, known, model, cancellationToken) ?? await StartAsync(request, cancellationToken);
    }

    /// <summary>
    /// The answer to a request that begins nothing, whatever comes with it: one that is repeated, or that meets a stopped service. Null for any
    /// other.
    /// </summary>
    public async Task<TurnStart?> FindStartAsync(TurnRequest request, CancellationToken cancellationToken)
    {
        if (request.IdempotencyKey is { } key && await _store.FindTurnByKeyAsync(key, request.Owner, cancellationToken) is { } begun)
            return await RepeatAsync(begun, request, cancellationToken);
        if (_runner.IsStopping)
            return new TurnStart(null, TurnRefusal.Stopping);
        return _runner.IsStopped ? new TurnStart(null, TurnRefusal.Stopped) : null;
    }

    /// <summary>A turn with its calls and what it waits for, as the store has them.</summary>
    public Task<TurnReport> ReportAsync(Turn turn, CancellationToken cancellationToken) => _turns.ReportAsync(turn, cancellationToken);

    /// <summary>
    /// Notes what a client without sessions has of the conversation now, so that its next request goes on with the turn's session. That it could not
    /// be noted is logged: the request then begins a new session.
    /// </summary>
    /// <param name="turn">The turn that the client was answered from.</param>
    /// <param name="asked">The conversation as the client sent it.</param>
    /// <param name="answer">What it was answered: the assistant's message.</param>
    public async Task NoteShownAsync(Turn turn, ClientTranscript asked, TranscriptMessage answer)
    {
        try
        {
            await _store.NoteTranscriptAsync(turn.SessionId, turn.Id, asked.HashWith(answer));
        }
        catch (Exception e)
        {
            _logger.TranscriptNotNoted(e, turn.Id);
        }
    }

    /// <summary>Tells a turn to stop, if this process is at work on it, and waits for nothing.</summary>
    public void Abandon(string turnId) => _runner.Find(turnId)?.Cancel();

    /// <summary>Completes when this process is not at work on the turn, however it was left.</summary>
    public async Task LeftAsync(string turnId)
    {
        if (_runner.Find(turnId) is { } run)
            await ((Task)run.Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops a turn and waits until it has ended. Stopping one that has ended changes nothing.</summary>
    public async Task<TurnReport> CancelAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (turn.HasEnded)
            return await ReportAsync(turn, cancellationToken);

        var report = await _runner.Cancel(turn.Id).Completion.WaitAsync(cancellationToken);
        // The run may have closed, to wait for a person, just before it was told to stop.
        return report.Turn.HasEnded || _runner.IsStopping ? report : await CancelAsync(report.Turn, cancellationToken);
    }

    /// <summary>Begins a turn in the session, or a new one; null when another turn came first, in this session or with this key.</summary>
    private async Task<TurnStart?> BeginAsync(TurnRequest request, Session? known, Model model, CancellationToken cancellationToken)
    {
        var opening = await _openings.OpenAsync(request, known, cancellationToken);
        var previous = request.ContinuePrevious ? await new PreviousTask(_store).TellAsync(request.Owner, known, cancellationToken) : null;
        var now = _time.GetUtcNow();
        var session = opening.Session ?? new Session { Id = Ids.NewSession(), Owner = request.Owner, CreatedAt = now, UpdatedAt = now };
        session = session with { Model = model.Name, SystemPrompt = request.SystemPrompt ?? session.SystemPrompt, UpdatedAt = now };
        var turn = NewTurn(request, session, model, previous, now);
        session = session with { TranscriptHash = request.Conversation is null ? null : turn.Id };
        var added = opening.MessagesOf(turn, session.MessageCount);
        try
        {
            if (request.Background)
                return await QueueAsync(session, turn, added);
            return await _runner.BeginAsync(
                turn, [.. opening.History, .. added], session.Context, async events => await _store.TryBeginTurnAsync(session, turn, added, events) is null) is { } run
                ? new TurnStart(run) { SessionId = session.Id }
                : null;
        }
        catch (SessionChangedException)
        {
            return null;
        }
    }

    private async Task<TurnStart?> QueueAsync(Session session, Turn turn, IReadOnlyList<SessionMessage> added)
    {
        if (await _store.TryBeginTurnAsync(session, turn, added, []) is not null)
            return null;

        await _background.EnqueueAsync(turn);
        return new TurnStart(null, Background: turn);
    }

    /// <summary>The turn that began with the request's key: at work, or as it was left.</summary>
    private async Task<TurnStart> RepeatAsync(Turn begun, TurnRequest request, CancellationToken cancellationToken)
    {
        if (begun.RequestHash != request.Fingerprint())
            return new TurnStart(null, TurnRefusal.KeyReused, begun.Id);
        if (request.Background)
            return new TurnStart(null, IsRepeat: true, Background: begun);
        if (_runner.Find(begun.Id) is { } atWork)
            return new TurnStart(atWork, IsRepeat: true) { SessionId = begun.SessionId };

        // It may have been left between the two looks.
        var turn = await _store.FindTurnAsync(begun.Id, request.Owner, cancellationToken) ?? begun;
        // Interrupted, and the service has not come to it yet: who repeats the request waits for its end, not for that.
        var run = turn.Status is TurnStatus.Running && !_runner.IsStopping
            ? _runner.Resume(turn.Id)
            : TurnRun.Left(await ReportAsync(turn, cancellationToken));
        return new TurnStart(run, IsRepeat: true) { SessionId = turn.SessionId };
    }

    private Turn NewTurn(TurnRequest request, Session session, Model model, string? previous, DateTimeOffset now) => new()
    {
        Id = Ids.NewTurn(),
        SessionId = session.Id,
        Owner = request.Owner,
        Status = request.Background ? TurnStatus.Queued : TurnStatus.Running,
        Model = model.Name,
        Tools = request.Tools,
        SystemPrompt = RoundGuidance.Join(session.SystemPrompt ?? _options.SystemPrompt, previous),
        IdempotencyKey = request.IdempotencyKey,
        RequestHash = request.IdempotencyKey is null ? null : request.Fingerprint(),
        Settings = request.Settings,
        CallbackUrl = request.CallbackUrl,
        MaxRounds = Math.Min(request.MaxRounds ?? _options.MaxRounds, _options.MaxRounds),
        Attempts = request.Background ? 0 : 1,
        CreatedAt = now,
        UpdatedAt = now,
        Deadline = now + _options.Deadline,
    };
}
