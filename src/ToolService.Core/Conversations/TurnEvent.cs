using ToolService.Core.Execution;

namespace ToolService.Core.Conversations;

/// <summary>What a client sees of a turn while it happens.</summary>
public abstract record TurnEvent
{
    private TurnEvent()
    {
    }

    /// <summary>The loop has begun, or gone on after a pause.</summary>
    public sealed record Started(Turn Turn) : TurnEvent;

    /// <summary>A piece of the model's text.</summary>
    public sealed record Content(string Text) : TurnEvent;

    /// <summary>The model asks for calls.</summary>
    public sealed record Calls(IReadOnlyList<ToolCall> Requested) : TurnEvent;

    /// <summary>A call has ended.</summary>
    public sealed record Result(CallRecord Call) : TurnEvent;

    /// <summary>A call waits for a person.</summary>
    public sealed record Confirm(Confirmation Confirmation) : TurnEvent;

    /// <summary>Something the client should know that is not an answer.</summary>
    public sealed record Notice(string Code, string Message) : TurnEvent;

    /// <summary>The last event: the turn has ended, waits for a person, or goes on when the service is back.</summary>
    public sealed record Ended(TurnReport Report) : TurnEvent;

    /// <summary>The last event where the store failed: how the turn stands is unknown until the service is started again.</summary>
    public sealed record Lost : TurnEvent;
}
