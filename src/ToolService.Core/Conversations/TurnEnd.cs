using ToolService.Core.Execution;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations;

/// <summary>How a turn ends, in the words that its client reads.</summary>
internal sealed record TurnEnd(TurnStatus Status, string? Reason = null, string? Message = null)
{
    /// <summary>The reason of a turn that the operator's stop of the service ended.</summary>
    public const string StoppedByOperator = "emergency_stop";

    /// <summary>The reason of a turn whose model is not asked for now, as it keeps failing or is busy.</summary>
    public const string ModelUnavailable = "model_unavailable";

    public static readonly TurnEnd Completed = new(TurnStatus.Completed);

    /// <summary>Not an end: the service stops, and goes on with the turn when it is back.</summary>
    public static readonly TurnEnd PutAside = new(TurnStatus.Running);

    public static readonly TurnEnd Cancelled = new(TurnStatus.Cancelled, "cancelled", "The turn was cancelled.");

    public static readonly TurnEnd Deadline = new(TurnStatus.Incomplete, "deadline", "The turn took longer than it may. Everything so far is kept.");

    public static readonly TurnEnd EmptyAnswer = new(TurnStatus.Incomplete, "empty_answer", "The model answered with nothing. Ask again.");

    public static readonly TurnEnd OutputLimit =
        new(TurnStatus.Incomplete, "output_limit", "The model reached the longest output it may write; its answer is cut.");

    public static readonly TurnEnd ContentFilter = new(TurnStatus.Incomplete, "content_filter", "The model's provider withheld the answer.");

    public static readonly TurnEnd HandedOver = new(
        TurnStatus.Incomplete, "client_tools", "The model asks for tools of the client, whose results come with the client's next request.");

    public static TurnEnd Stopped(ServiceState state) =>
        new(TurnStatus.Cancelled, StoppedByOperator, $"The turn was ended. {state.Explain()}");

    public static TurnEnd MaxRounds(int limit) => new(
        TurnStatus.Incomplete,
        "max_rounds",
        $"The turn made {(limit == 1 ? "one model request" : $"{limit} model requests")}, the most it may, without a final answer.");

    public static TurnEnd MaxToolCalls(int limit) =>
        new(TurnStatus.Incomplete, "max_tool_calls", $"The model asked for more than {limit} tool calls, the most a turn may make.");

    public static TurnEnd MaxFailingRounds(int limit) =>
        new(TurnStatus.Incomplete, "max_failing_rounds", $"Every tool call failed in {limit} rounds in a row.");

    public static TurnEnd MaxTokens(long limit) =>
        new(TurnStatus.Incomplete, "max_tokens", $"The turn used more than {limit:N0} tokens, the most it may.");

    public static TurnEnd InvalidAnswer(string errors) => new(
        TurnStatus.Incomplete, "invalid_answer", $"The model did not give an answer that satisfies response_schema; of the last one, {errors}");

    public static TurnEnd ContextFull(string model, double needed, long window, int? answerTokens) => new(
        TurnStatus.Incomplete,
        "context_full",
        $"The conversation does not fit into what model '{model}' can read at once: it needs about {needed:N0} tokens of {window:N0}, "
            + (answerTokens is { } kept
                ? $"{kept:N0} of which are kept for its answer. Ask for a shorter answer (max_output_tokens), begin"
                : "part of which its answer needs. Begin")
            + " a new session, choose a model with a larger context window, or shorten the message.");

    public static TurnEnd LoopDetected(string toolName, int times) => new(
        TurnStatus.Incomplete, "loop_detected",
        $"The model went in circles: it called '{toolName}' with the same arguments and the same result in {times} rounds, without anything "
        + "new in between.");

    public static TurnEnd ModelFailed(ModelException failure) =>
        new(TurnStatus.Failed, failure.IsUnavailable ? ModelUnavailable : "model_error", failure.Message);

    public static TurnEnd GivenUp(int attempts) => new(
        TurnStatus.Failed,
        "interrupted",
        $"The service stopped unexpectedly {attempts} times in a row while it worked on this turn, and gave it up. Everything so far is kept.");

    public static TurnEnd InternalError(string incident) =>
        new(TurnStatus.Failed, "internal_error", $"The service failed. The operator finds the details in the log under {incident}.");
}
