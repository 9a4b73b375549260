using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations;

/// <summary>What a client sees of a turn while it happens.</summary>
public abstract record TurnEvent
{
    private TurnEvent()
    {
    }

    /// <summary>The kind of event, as clients read it.</summary>
    public abstract string Type { get; }

    /// <summary>The call that it is about, where a turn has at most one such event for each call; otherwise null.</summary>
    public virtual string? Subject => null;

    /// <summary>The turn has begun.</summary>
    public sealed record Started(Turn Turn) : TurnEvent
    {
        /// <inheritdoc/>
        public override string Type => "turn_started";
    }

    /// <summary>A piece of the model's text.</summary>
    public sealed record Content(string Text) : TurnEvent
    {
        /// <summary>The type of these events: the only ones that a notice may take back.</summary>
        public const string Name = "content";

        /// <inheritdoc/>
        public override string Type => Name;
    }

    /// <summary>The model asks for calls.</summary>
    public sealed record Calls(IReadOnlyList<ToolCall> Requested) : TurnEvent
    {
        /// <inheritdoc/>
        public override string Type => "tool_calls";
    }

    /// <summary>A call has ended.</summary>
    public sealed record Result(CallRecord Call) : TurnEvent
    {
        /// <inheritdoc/>
        public override string Type => "tool_result";

        /// <inheritdoc/>
        public override string? Subject => Call.CallId;
    }

    /// <summary>A tool that runs tells how far it is.</summary>
    public sealed record Progress(string CallId, ToolProgress Reported) : TurnEvent
    {
        /// <inheritdoc/>
        public override string Type => "tool_progress";
    }

    /// <summary>A call waits for a person, for a decision or for an answer.</summary>
    public sealed record Confirm(Confirmation Confirmation) : TurnEvent
    {
        /// <inheritdoc/>
        public override string Type => "confirmation_required";

        /// <inheritdoc/>
        public override string? Subject => Confirmation.Elicitation is null ? Confirmation.CallId : null;
    }

    /// <summary>Something the client should know that is not an answer.</summary>
    /// <param name="Code">The kind of notice.</param>
    /// <param name="Message">The same in words.</param>
    /// <param name="VoidAfter">
    /// Where text is taken back, since the model will be asked again: that of every content event after this sequence. Otherwise null.
    /// </param>
    public sealed record Notice(string Code, string Message, int? VoidAfter = null) : TurnEvent
    {
        /// <inheritdoc/>
        public override string Type => "notice";

        internal static Notice Stopping { get; } =
            new("service_stopping", "The service is stopping. The turn goes on when it is back; its further events are at its URL.");

        internal static Notice AnswerRejected { get; } =
            new("answer_rejected", "The answer did not satisfy response_schema. The model is asked for another one.");

        internal static Notice Resumed { get; } = new("resumed", "The service goes on with the turn, which was interrupted.");
    }

    /// <summary>The turn has ended, or waits for a person.</summary>
    public sealed record Ended(TurnReport Report) : TurnEvent
    {
        /// <inheritdoc/>
        public override string Type => Report.Turn.Status is TurnStatus.Failed ? "error" : "done";
    }
}
