using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>A call that waits for a person: for a decision, bound to exactly what that person is shown, or for an answer that its tool needs.</summary>
public sealed record Confirmation
{
    /// <summary>The confirmation's id.</summary>
    public required string Id { get; init; }

    /// <summary>Who called.</summary>
    public required string Owner { get; init; }

    /// <summary>The call that waits.</summary>
    public required string CallId { get; init; }

    /// <summary>The tool that it would run.</summary>
    public required string ToolName { get; init; }

    /// <summary>The arguments, as JSON text, that the person is asked about; after an edit, those that were approved.</summary>
    public required string Arguments { get; init; }

    /// <summary>The arguments that the caller asked for, where the person edited them; otherwise null.</summary>
    public string? OriginalArguments { get; init; }

    /// <summary>The tool definition that the person is asked about.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>In what the definition was another one when somebody approved; the call did not run then. Empty otherwise.</summary>
    public IReadOnlyList<DefinitionChange> Changes { get; init; } = [];

    /// <summary>
    /// What the call's tool, which runs, asks a person; null where the call itself waits for approval. Then <see cref="Arguments"/> only tell
    /// what the call is.
    /// </summary>
    public Elicitation? Elicitation { get; init; }

    /// <summary>The answer to that, as JSON text; null without one.</summary>
    public string? Answer { get; init; }

    /// <summary>The session that asked, if any.</summary>
    public string? SessionId { get; init; }

    /// <summary>The turn that waits, if any.</summary>
    public string? TurnId { get; init; }

    /// <summary>Where it stands.</summary>
    public required ConfirmationStatus Status { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why, in the words of the person who decided.</summary>
    public string? Reason { get; init; }

    /// <summary>The idempotency key with which the decision came, if it had one.</summary>
    public string? DecisionKey { get; init; }

    /// <summary>What the decision with that key asked for.</summary>
    public string? DecisionHash { get; init; }

    /// <summary>When the call asked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After this instant a decision comes too late.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
}
