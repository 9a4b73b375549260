namespace ToolService.Core.Conversations;

/// <summary>Begins sessions with a history, takes histories out, and forks them.</summary>
public sealed class SessionService
{
    private readonly IConversationStore _store;
    private readonly TimeProvider _time;

    /// <summary>Works on this store.</summary>
    public SessionService(IConversationStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>Begins a session.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="model">The configured model it goes on with; null for the default one.</param>
    /// <param name="systemPrompt">Its own system prompt; null uses <c>Chat:SystemPrompt</c>.</param>
    /// <param name="messages">Its history, in which every call has its result.</param>
    /// <exception cref="ArgumentException">A call has not exactly one result, at its place.</exception>
    public async Task<Session> CreateAsync(string owner, string? model, string? systemPrompt, IReadOnlyList<TranscriptMessage> messages)
    {
        var now = _time.GetUtcNow();
        var kept = TranscriptForm.Gather(messages);
        var session = new Session
        {
            Id = Ids.NewSession(),
            Owner = owner,
            Model = model,
            SystemPrompt = systemPrompt,
            MessageCount = kept.Count,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await _store.AddSessionAsync(session, [.. kept.Select((message, position) => new SessionMessage(position, null, message, now))]);
        return session;
    }

    /// <summary>A session's whole history, without calls that still wait for their results.</summary>
    public async Task<IReadOnlyList<TranscriptMessage>> ExportAsync(Session session, CancellationToken cancellationToken)
    {
        // As many as it had when it was read: a turn may add to them meanwhile.
        var messages = await _store.ListMessagesAsync(session.Id, 0, session.MessageCount, cancellationToken);
        var isWaiting = messages is [.., { Calls.Count: > 0 }];
        return TranscriptForm.Spread(messages.Take(messages.Count - (isWaiting ? 1 : 0)).Select(message => message.Message));
    }

    /// <summary>Copies a session up to and including a position, for the same owner. Null copies all of it.</summary>
    public async Task<ForkResult> ForkAsync(Session source, int? at, CancellationToken cancellationToken)
    {
        var last = at ?? source.MessageCount - 1;
        if (at is not null || source.MessageCount > 0)
        {
            var nearest = await NearestAsync(source, last, cancellationToken);
            if (!nearest.Contains(last))
                return new ForkResult(null, nearest.Count == 0 && source.MessageCount > 0 ? null : nearest);
        }

        var now = _time.GetUtcNow();
        var fork = source with
        {
            Id = Ids.NewSession(),
            ActiveTurnId = null,
            MessageCount = last + 1,
            Context = source.Context.UpTo(last + 1),
            TranscriptHash = null,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return new ForkResult(await _store.TryForkSessionAsync(fork, source.Id) ? fork : null);
    }

    /// <summary>The position itself where a history may end there, else the nearest before and after it where one may.</summary>
    private async Task<IReadOnlyList<int>> NearestAsync(Session source, int position, CancellationToken cancellationToken)
    {
        var from = Math.Clamp(position - 1L, 0, Math.Max(0, source.MessageCount - 2));
        var around = await _store.ListMessagesAsync(source.Id, (int)from, 3, cancellationToken);
        // After a message with calls their results are still to come.
        var ends = around.Where(message => message.Position < source.MessageCount && message.Calls.Count == 0)
            .Select(message => message.Position).ToList();
        return ends.Contains(position)
            ? [position]
            : [.. ends.Where(end => end < position).TakeLast(1), .. ends.Where(end => end > position).Take(1)];
    }
}
