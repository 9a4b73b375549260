using ToolService.Core.Execution.Repair;

namespace ToolService.Core.Execution;

/// <summary>A tool call as the history keeps it: the journal that prevents a second run and the audit trail are this one row.</summary>
public sealed record CallRecord
{
    /// <summary>The call's id, unique per owner.</summary>
    public required string CallId { get; init; }

    /// <summary>Who called: the name of an API key, or <c>local</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>The tool's name as it was asked for, also where no tool has it.</summary>
    public required string ToolName { get; init; }

    /// <summary>The path by which the call arrived.</summary>
    public required CallOrigin Origin { get; init; }

    /// <summary>The session it belongs to, if any.</summary>
    public string? SessionId { get; init; }

    /// <summary>The turn it belongs to, if any.</summary>
    public string? TurnId { get; init; }

    /// <summary>The arguments as JSON text, as they ran; what was not JSON is kept as a JSON string.</summary>
    public required string Arguments { get; init; }

    /// <summary>What was changed in the arguments before they were checked; empty where they ran as they were sent.</summary>
    public IReadOnlyList<ToolRepair> Repairs { get; init; } = [];

    /// <summary>The definition that was called; null where the tool is unknown.</summary>
    public string? DefinitionHash { get; init; }

    /// <summary>Where the call stands.</summary>
    public required CallStatus Status { get; init; }

    /// <summary>The full result as JSON text; null without one.</summary>
    public string? Result { get; init; }

    /// <summary>Why there is no result.</summary>
    public ToolError? Error { get; init; }

    /// <summary>The other call of its turn whose result this is; null where the tool ran, or failed, itself.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>How often the tool was started.</summary>
    public int Attempts { get; init; }

    /// <summary>How long the call waited for a free slot.</summary>
    public TimeSpan QueueTime { get; init; }

    /// <summary>How long the tool ran, retries and the waits between them included.</summary>
    public TimeSpan ExecutionTime { get; init; }

    /// <summary>The confirmation that the call waited for, if any.</summary>
    public string? ConfirmationId { get; init; }

    /// <summary>Who decided on that confirmation.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When the call arrived.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
