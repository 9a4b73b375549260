using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Lets the model work over its answer before the turn ends. If it cannot, the draft stands.</summary>
internal sealed class Refiner(ModelAside aside, IOptions<ConversationOptions> options)
{
    private const string Instruction =
        """
        You are given a question and a draft of its answer. Answer with the text that goes to the person who asked, and nothing else.
        Correct what is unclear, incomplete in its wording or beside the question. Keep every fact, number, name and source of the draft,
        add none of your own, and keep the draft's language. If there is nothing to improve, repeat the draft.
        """;

    /// <summary>Puts a better text in the place of the turn's last message, its answer, which the store does not have yet.</summary>
    public async Task RefineAsync(TurnState state, CancellationToken cancellationToken)
    {
        var isWanted = state.Turn.Settings.Refine ?? options.Value.Convergence.Refinement;
        // What must satisfy a schema is not rewritten.
        if (!isWanted
            || state.Turn.Settings.ResponseSchema is not null
            || state.Messages is not [.., { Text: { Length: > 0 } draft }])
            return;

        ChatMessage[] request =
        [
            new(ChatRole.System, Instruction),
            new(ChatRole.User, $"<question>\n{state.Request}\n</question>\n<draft>\n{draft}\n</draft>"),
        ];
        var response = await aside.AskAsync(state, null, request, state.Turn.Settings.MaxOutputTokens, reserve: 0, cancellationToken);
        if (response is null
            || response.FinishReason == ChatFinishReason.Length
            || response.FinishReason == ChatFinishReason.ContentFilter
            || response.Text.Trim() is var text && text == draft.Trim())
            return;

        // The notice takes back the draft for those who have read it.
        state.Log.Publish(new TurnEvent.Notice("refined", "The answer was worked over; the text that follows stands in its place."));
        state.Log.Publish(new TurnEvent.Content(text));
        state.Replace(new ChatMessage(ChatRole.Assistant, text));
        state.Turn = state.Turn with { Reply = text };
    }
}
