namespace ToolService.Core.Conversations;

/// <summary>Where a turn stands.</summary>
public enum TurnStatus
{
    /// <summary>Accepted, and not yet begun.</summary>
    Queued,

    /// <summary>The loop is at work.</summary>
    Running,

    /// <summary>At least one call waits for a person; the loop goes on when all are decided.</summary>
    AwaitingConfirmation,

    /// <summary>The model gave its final answer.</summary>
    Completed,

    /// <summary>A limit ended it; everything so far is kept.</summary>
    Incomplete,

    /// <summary>The model could not be reached or answered nonsense, or the service failed.</summary>
    Failed,

    /// <summary>The client or an operator stopped it.</summary>
    Cancelled,
}
