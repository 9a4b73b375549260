using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Rounds;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Lets the model plan before the first round. The plan is part of the turn's system prompt from then on.</summary>
internal sealed class Planner(
    ModelAside aside, RoundTools selection, RoundComposer composer, RoundFailover failover, TurnWriter writer,
    IOptions<ConversationOptions> options)
{
    private const int LongestPlan = 4000;

    private readonly ConvergenceOptions _options = options.Value.Convergence;

    /// <summary>Makes a plan, where one is wanted and there is none; without one the turn goes on all the same.</summary>
    public async Task PlanAsync(TurnState state, CancellationToken cancellationToken)
    {
        if (!(state.Turn.Settings.Plan ?? _options.Planning) || state.Turn is not { Rounds: 0, Progress.Plan: null })
            return;

        if (!await TrySelectAsync(state, cancellationToken))
            return;

        string[] tools =
        [
            .. composer.ToolsFor(state).Select(tool => Line(tool.Name, tool.Description)),
            .. state.ClientTools.Select(tool => Line(tool.Name, tool.Description)),
        ];
        if (tools.Length == 0)
            return;

        var request = WithInstruction(
            composer.Compose(state, failover.ModelOf(state.Turn)).Messages,
            $"""
            Do not answer yet. Write down how you will: a short numbered list of the steps, each with the tool it needs, if any. Plan
            nothing that was not asked for. The tools are:
            {string.Join('\n', tools)}
            """);
        // The answer itself needs a request too.
        if (await aside.AskAsync(state, null, request, _options.MaxPlanTokens, reserve: 1, cancellationToken) is not { } response)
            return;

        var text = response.Text.Trim();
        var plan = text.Length <= LongestPlan ? text : $"{text[..LongestPlan]}…";
        state.Turn = state.Turn with { Progress = state.Turn.Progress with { Plan = plan } };
        await writer.SaveAsync(state, new TurnEvent.Notice("plan", plan));
    }

    private static string Line(string name, string description) => $"- {name}: {OneLineFunction.FirstSentence(description)}";

    // A plan names tools that the model will be shown. A turn that was stopped meanwhile goes on to its end.
    private async Task<bool> TrySelectAsync(TurnState state, CancellationToken cancellationToken)
    {
        try
        {
            await selection.SelectAsync(state, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static IReadOnlyList<ChatMessage> WithInstruction(IReadOnlyList<ChatMessage> messages, string instruction) =>
        messages is [{ } first, ..] && first.Role == ChatRole.System
            ? [new ChatMessage(ChatRole.System, RoundGuidance.Join(first.Text, instruction)), .. messages.Skip(1)]
            : [new ChatMessage(ChatRole.System, instruction), .. messages];
}
