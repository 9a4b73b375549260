namespace ToolService.Core.Conversations;

/// <summary>One user message to its final answer, with what it has used of its limits.</summary>
public sealed record Turn
{
    /// <summary>The turn's id.</summary>
    public required string Id { get; init; }

    /// <summary>The session it belongs to.</summary>
    public required string SessionId { get; init; }

    /// <summary>Who asked.</summary>
    public required string Owner { get; init; }

    /// <summary>Where it stands.</summary>
    public required TurnStatus Status { get; init; }

    /// <summary>Why it is incomplete, failed or cancelled, as a code; otherwise null.</summary>
    public string? Reason { get; init; }

    /// <summary>The same in words.</summary>
    public string? ReasonMessage { get; init; }

    /// <summary>The configured model that answers.</summary>
    public required string Model { get; init; }

    /// <summary>Name patterns of the tools this turn may use, within what the service allows; null for all of those.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>The system prompt that applies.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>How the model is asked.</summary>
    public TurnSettings Settings { get; init; } = TurnSettings.Default;

    /// <summary>What it remembers from round to round.</summary>
    public TurnProgress Progress { get; init; } = TurnProgress.None;

    /// <summary>The key that the request came with; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the request asked for, as a hash; null where it had no key.</summary>
    public string? RequestHash { get; init; }

    /// <summary>Who is told when the turn ends or waits for a person; null for nobody. It may hold the receiver's secrets.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>How many model requests it may make.</summary>
    public required int MaxRounds { get; init; }

    /// <summary>Model requests made.</summary>
    public int Rounds { get; init; }

    /// <summary>Tool calls that the model asked for.</summary>
    public int ToolCalls { get; init; }

    /// <summary>Rounds in a row in which every call failed.</summary>
    public int FailingRounds { get; init; }

    /// <summary>Tokens read by the model, as far as it says.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens written by the model, as far as it says.</summary>
    public long OutputTokens { get; init; }

    /// <summary>What its tokens cost by the configured prices; null where its models have none.</summary>
    public double? Cost { get; init; }

    /// <summary>How often its current step was begun: more than once only where the service went down in the middle of it.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether its events were deleted, since it ended long ago.</summary>
    public bool EventsExpired { get; init; }

    /// <summary>The final answer; for an incomplete turn, the last text the model wrote.</summary>
    public string? Reply { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it must have ended. Time in which nobody works on it does not count: it moves by as much.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it has come to its end.</summary>
    public bool HasEnded => Status is TurnStatus.Completed or TurnStatus.Incomplete or TurnStatus.Failed or TurnStatus.Cancelled;
}
