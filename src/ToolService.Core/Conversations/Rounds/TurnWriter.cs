namespace ToolService.Core.Conversations.Rounds;

/// <summary>Writes turns at work, with what they have added.</summary>
internal sealed class TurnWriter(IConversationStore store, TimeProvider time)
{
    /// <summary>Writes a turn as it stands.</summary>
    /// <param name="state">The turn.</param>
    /// <param name="last">An event that is there only if this write succeeds.</param>
    /// <exception cref="InvalidOperationException">Somebody else has ended or deleted it.</exception>
    public Task SaveAsync(TurnState state, TurnEvent? last = null)
    {
        state.Turn = state.Turn with { UpdatedAt = time.GetUtcNow() };
        return WriteAsync(state, last);
    }

    /// <summary>Writes that a turn has ended or waits, and the event that says so.</summary>
    public async Task<TurnReport> LeaveAsync(TurnState state, TurnReport left)
    {
        // The event tells when it was.
        state.Turn = left.Turn with { UpdatedAt = time.GetUtcNow() };
        var report = left with { Turn = state.Turn };
        await WriteAsync(state, new TurnEvent.Ended(report));
        return report;
    }

    private async Task WriteAsync(TurnState state, TurnEvent? last)
    {
        if (!await state.Log.WriteAsync(events => store.TrySaveTurnAsync(state.Turn, state.Unsaved, events, state.UnsavedContext), last))
            throw new InvalidOperationException($"Turn {state.Turn.Id} was ended or deleted by somebody else while it was at work.");
        state.Saved();
    }
}
