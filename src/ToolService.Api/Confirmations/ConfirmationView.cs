using ToolService.Api.Hosting.Json;
using ToolService.Core.Execution;

namespace ToolService.Api.Confirmations;

/// <summary>A call that waits for a person's decision, or waited.</summary>
public sealed record ConfirmationView
{
    /// <summary>The confirmation's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required ConfirmationStatus Status { get; init; }

    /// <summary>The call that waits.</summary>
    public required string CallId { get; init; }

    /// <summary>The tool it would run.</summary>
    public required string ToolName { get; init; }

    /// <summary>The arguments it would run with.</summary>
    public required RawJson Arguments { get; init; }

    /// <summary>The arguments that were asked for, where the person edited them.</summary>
    public RawJson? OriginalArguments { get; init; }

    /// <summary>In what the tool's definition was another one when somebody approved: the call did not run. Absent otherwise.</summary>
    public IReadOnlyList<DefinitionChangeView>? Changes { get; init; }

    /// <summary>What the call's tool, which runs, asks; absent where the call itself waits for approval.</summary>
    public ElicitationView? Elicitation { get; init; }

    /// <summary>The answer to that.</summary>
    public RawJson? Answer { get; init; }

    /// <summary>Who called.</summary>
    public required string Caller { get; init; }

    /// <summary>The session that asked.</summary>
    public string? SessionId { get; init; }

    /// <summary>The turn that waits, and goes on by itself after the decision.</summary>
    public string? TurnId { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>When the call asked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After this instant a decision comes too late.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The confirmation as it is on the wire.</summary>
    public static ConfirmationView Of(Confirmation confirmation) => new()
    {
        Id = confirmation.Id,
        Status = confirmation.Status,
        CallId = confirmation.CallId,
        ToolName = confirmation.ToolName,
        Arguments = new RawJson(confirmation.Arguments),
        OriginalArguments = RawJson.Of(confirmation.OriginalArguments),
        Changes = confirmation.Changes.Count == 0 ? null : [.. confirmation.Changes.Select(DefinitionChangeView.Of)],
        Elicitation = confirmation.Elicitation is { } asked
            ? new ElicitationView(asked.Message, new RawJson(asked.Schema.GetRawText()))
            : null,
        Answer = RawJson.Of(confirmation.Answer),
        Caller = confirmation.Owner,
        SessionId = confirmation.SessionId,
        TurnId = confirmation.TurnId,
        DecidedBy = confirmation.DecidedBy,
        Reason = confirmation.Reason,
        CreatedAt = confirmation.CreatedAt,
        ExpiresAt = confirmation.ExpiresAt,
        DecidedAt = confirmation.DecidedAt,
    };
}
