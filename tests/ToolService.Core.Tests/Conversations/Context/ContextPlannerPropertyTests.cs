using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Models.OpenAIChat;
using ToolService.Testing;

namespace ToolService.Core.Tests.Conversations.Context;

public class ContextPlannerPropertyTests
{
    private static readonly ContextStrategies[] Strategies =
    [
        ContextStrategies.None, ContextStrategies.ToolResults, ContextStrategies.Window, ContextStrategies.Summary,
        ContextStrategies.ToolResults | ContextStrategies.Window, ContextStrategies.ToolResults | ContextStrategies.Summary,
    ];

    private static readonly Gen<(LongHistories History, ContextOptions Options, long Window, SessionContext Current)> Cases =
        from history in LongHistories.Any()
        from strategy in Gen.Elements(Strategies)
        from window in Gen.Choose(256, 8000)
        from place in Gen.Choose(0, 3)
        let places = RoundBoundaries.Of(history.Messages, 0, history.FirstOfTurn).Prepend(0).ToList()
        let leftOut = places[place * (places.Count - 1) / 3]
        select (history, new ContextOptions { Strategy = strategy, SummaryTokens = 100 }, (long)window, new SessionContext { LeftOut = leftOut });

    [Fact]
    public void Plan_leaves_a_conversation_that_strict_providers_take_without_anything_put_right() => Check((planner, given, plan) =>
    {
        var transcript = Transcript.ForRequest(ContextView.Of(given.Messages, plan));
        var wire = WireOf(transcript.Messages);
        return transcript.Repairs == 0 ? StrictChatCompletions.Violations(wire) : [$"{transcript.Repairs} repairs"];
    });

    [Fact]
    public void Current_turn_is_sent_whole_and_its_last_round_as_it_is() => Check((_, given, plan) =>
    {
        var turn = given.Messages.Skip(given.FirstOfTurn).ToList();
        var sent = ContextView.Of(given.Messages, plan).TakeLast(turn.Count).ToList();
        var isWhole = sent.Select(message => message.Role).SequenceEqual(turn.Select(message => message.Role))
            && sent[0].Text.EndsWith(turn[0].Text, StringComparison.Ordinal);
        var isLastAsItIs = turn.Count == 1 || ReferenceEquals(sent[^1], turn[^1]);
        return isWhole && isLastAsItIs ? [] : ["the current turn is another"];
    });

    [Fact]
    public void Plan_fits_unless_even_the_current_turn_alone_does_not() => Check((planner, given, plan) =>
    {
        if (planner.Fits(plan) || given.Options.Strategy is ContextStrategies.None or ContextStrategies.ToolResults)
            return [];
        return plan.LeftOut == given.FirstOfTurn || plan == given.Current || given.Current.LeftOut == given.FirstOfTurn
            ? []
            : [$"{plan.LeftOut} of {given.FirstOfTurn} left out, and {planner.Estimate(plan)} tokens do not fit"];
    });

    [Fact]
    public void Plan_never_takes_back_what_was_left_out_and_changes_nothing_that_is_small_enough() => Check((planner, given, plan) =>
    {
        if (plan.LeftOut < given.Current.LeftOut || plan.Shortened < given.Current.Shortened || planner.Estimate(plan) > planner.Estimate(given.Current))
            return ["more is sent than before"];
        return planner.Estimate(given.Current) > given.Budget.Trigger || plan == given.Current ? [] : ["what was small enough was compacted"];
    });

    [Fact]
    public void Same_conversation_gives_the_same_plan_and_a_plan_is_not_planned_again() => Check((planner, given, plan) =>
        planner.Plan(given.Current) == plan && planner.Plan(plan) == plan ? [] : [$"{plan}, then {planner.Plan(plan)}"]);

    private static JsonElement WireOf(IEnumerable<ChatMessage> messages) =>
        JsonElement.Parse(new ChatRequest("model", "max_tokens").Write(messages, options: null, stream: false).Span);

    private static void Check(Func<ContextPlanner, Given, SessionContext, IReadOnlyList<string>> violations) =>
        Prop.ForAll(Arb.From(Cases), drawn =>
        {
            var budget = ContextBudget.Of(drawn.Window, null, drawn.Options);
            var given = new Given(drawn.History.Messages, drawn.History.FirstOfTurn, drawn.Options, budget, drawn.Current);
            var planner = new ContextPlanner(given.Messages, given.FirstOfTurn, budget, drawn.Options, fixedWeight: 50, measure: null);
            var found = violations(planner, given, planner.Plan(drawn.Current));
            return Prop.Label(found.Count == 0, string.Join("; ", found));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(12));

    private sealed record Given(
        IReadOnlyList<ChatMessage> Messages, int FirstOfTurn, ContextOptions Options, ContextBudget Budget, SessionContext Current);
}
