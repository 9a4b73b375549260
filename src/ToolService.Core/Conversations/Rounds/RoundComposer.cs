using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Models;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>Puts together what a model is asked in a round: the conversation, the tools, and how it may answer.</summary>
internal sealed class RoundComposer(RoundTools tools, RoundGuidance guidance, ILogger<RoundComposer> logger)
{
    /// <summary>The request of a turn's next round.</summary>
    /// <param name="state">The turn.</param>
    /// <param name="model">Who is asked.</param>
    public RoundRequest Compose(TurnState state, Model model) => new(MessagesFor(state, model), OptionsFor(state, model));

    private IReadOnlyList<ChatMessage> MessagesFor(TurnState state, Model model)
    {
        var transcript = Transcript.ForRequest(
            [.. SystemFor(state), .. ContextView.Of(state.Messages, state.Context), .. CorrectionOf(state.Turn)]);
        if (transcript.Repairs > 0)
            logger.TranscriptRepaired(state.Turn.SessionId, state.Turn.Id, transcript.Repairs);
        return model.ReadsImages ? transcript.Messages : [.. transcript.Messages.Select(WithoutImages)];
    }

    // Sent with an earlier message, to a model that reads them.
    private static ChatMessage WithoutImages(ChatMessage message) => message.Contents.Any(content => content is DataContent)
        ? new ChatMessage(message.Role, [.. message.Contents.Select(content =>
            content is DataContent ? new TextContent($"\n{Attachment.Of(content)?.Placeholder ?? "[Image]"}") : content)])
        : message;

    /// <summary>What the model is told first; empty for nothing.</summary>
    public string PromptOf(TurnState state) => RoundGuidance.Join(guidance.SystemPrompt(state.Turn), state.Response?.Instruction) ?? "";

    private IEnumerable<ChatMessage> SystemFor(TurnState state) =>
        PromptOf(state) is { Length: > 0 } prompt ? [new ChatMessage(ChatRole.System, prompt)] : [];

    /// <summary>What follows the conversation where the last answer did not satisfy the turn's schema: that answer, and why not.</summary>
    public static IEnumerable<ChatMessage> CorrectionOf(Turn turn) => turn.Progress.Rejected is not { } rejected
        ? []
        :
        [
            new ChatMessage(ChatRole.Assistant, rejected.Text),
            new ChatMessage(ChatRole.User, $"That answer cannot be used: {rejected.Errors}\nAnswer again with the corrected JSON value alone."),
        ];

    /// <summary>The part of it that is not the conversation.</summary>
    public ChatOptions OptionsFor(TurnState state, Model model) => new()
    {
        Tools = guidance.MustAnswer(state.Turn) ? [] : [.. ToolsFor(state).Select(guidance.Declare), .. state.ClientTools],
        ToolMode = ModeOf(state.Turn),
        Temperature = state.Turn.Settings.Temperature,
        MaxOutputTokens = state.Turn.Settings.MaxOutputTokens,
        TopP = state.Turn.Settings.TopP,
        FrequencyPenalty = state.Turn.Settings.FrequencyPenalty,
        PresencePenalty = state.Turn.Settings.PresencePenalty,
        Seed = state.Turn.Settings.Seed,
        StopSequences = state.Turn.Settings.StopSequences is { } stops ? [.. stops] : null,
        AllowMultipleToolCalls = state.Turn.Settings.ParallelToolCalls,
        ResponseFormat = model.StructuredOutput && state.Response is { } response ? ChatResponseFormat.ForJsonSchema(response.Definition) : null,
    };

    /// <summary>The names of all tools that the turn's model has, the service's first.</summary>
    public IEnumerable<string> NamesFor(TurnState state) =>
        ToolsFor(state).Select(tool => tool.Name).Concat(state.ClientTools.Select(tool => tool.Name));

    /// <summary>The service's tools that the turn's model has.</summary>
    public IEnumerable<Tool> ToolsFor(TurnState state) => tools.For(state).Where(tool => !IsHidden(tool, state));

    // Whatever its case: a model must not have to tell two tools apart by that.
    private static bool IsHidden(Tool tool, TurnState state) =>
        state.ClientTools.Any(own => own.Name.Equals(tool.Name, StringComparison.OrdinalIgnoreCase));

    // Once it has called, a model that had to must be free to answer, or the turn would never end.
    private static ChatToolMode? ModeOf(Turn turn) => turn.Settings.ToolChoice switch
    {
        null => null,
        ToolChoice.None => ChatToolMode.None,
        _ when turn.ToolCalls > 0 => ChatToolMode.Auto,
        ToolChoice.Auto => ChatToolMode.Auto,
        ToolChoice.Required => ChatToolMode.RequireAny,
        var name => ChatToolMode.RequireSpecific(name),
    };
}
