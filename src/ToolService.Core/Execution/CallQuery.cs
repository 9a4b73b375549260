namespace ToolService.Core.Execution;

/// <summary>Which calls of the history to read. Everything that is null does not filter.</summary>
public sealed record CallQuery
{
    /// <summary>Only this owner's calls; null for everyone's.</summary>
    public string? Owner { get; init; }

    /// <summary>Only calls of this tool.</summary>
    public string? ToolName { get; init; }

    /// <summary>Only calls with this status.</summary>
    public CallStatus? Status { get; init; }

    /// <summary>Only calls of this session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Only calls of this turn.</summary>
    public string? TurnId { get; init; }

    /// <summary>Only calls that arrived at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only calls that arrived before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The <see cref="CallPage.Next"/> of the page before; null for the newest calls.</summary>
    public long? After { get; init; }

    /// <summary>How many calls at the most.</summary>
    public int Limit { get; init; } = 100;
}
