namespace ToolService.Core.Conversations.Callbacks;

/// <summary>Tells a turn's receiver that the turn has ended or waits for a person.</summary>
public sealed record Callback
{
    /// <summary>The callback's id, the same with every attempt.</summary>
    public required string Id { get; init; }

    /// <summary>The turn, which has the receiver's URL.</summary>
    public required string TurnId { get; init; }

    /// <summary>What is to be told: how the turn ended, or that it waits.</summary>
    public required TurnStatus TurnStatus { get; init; }

    /// <summary>After how many rounds: a turn waits at most once in each, and ends once.</summary>
    public required int Round { get; init; }

    /// <summary>Where it stands.</summary>
    public required CallbackStatus Status { get; init; }

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last attempt did not succeed.</summary>
    public string? LastError { get; init; }

    /// <summary>When it is sent, or sent again; null when it is not.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the turn ended or began to wait.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The callback that is due when a turn is left like this; null where nobody is to be told.</summary>
    public static Callback? For(Turn turn) => turn.CallbackUrl is null || !(turn.HasEnded || turn.Status is TurnStatus.AwaitingConfirmation)
        ? null
        : new Callback
        {
            Id = Ids.NewCallback(),
            TurnId = turn.Id,
            TurnStatus = turn.Status,
            Round = turn.Rounds,
            Status = CallbackStatus.Pending,
            NextAttemptAt = turn.UpdatedAt,
            CreatedAt = turn.UpdatedAt,
        };
}
