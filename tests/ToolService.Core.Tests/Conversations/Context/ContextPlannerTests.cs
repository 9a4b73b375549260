using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Context;

namespace ToolService.Core.Tests.Conversations.Context;

public class ContextPlannerTests
{
    // Four messages a turn; about 1,000 tokens in its result.
    private const int MessagesPerTurn = 4;
    private const int Turns = 5;

    private static readonly IReadOnlyList<ChatMessage> History = [.. Enumerable.Range(0, Turns).SelectMany(Turn), new(ChatRole.User, "And now?")];

    [Fact]
    public void Results_are_shortened_oldest_first_and_no_more_than_needed()
    {
        var plan = Plan(window: 6000, ContextStrategies.ToolResults | ContextStrategies.Window);

        Assert.Equal((0, (2 * MessagesPerTurn) + 3), (plan.LeftOut, plan.Shortened));
    }

    [Fact]
    public void Rounds_are_left_out_where_shorter_results_do_not_do()
    {
        var plan = Plan(window: 1200, ContextStrategies.ToolResults | ContextStrategies.Window);

        Assert.Equal(((Turns - 1) * MessagesPerTurn) + 3, plan.Shortened);
        Assert.True(plan.LeftOut > 0);
    }

    [Fact]
    public void Window_leaves_results_as_they_are()
    {
        var plan = Plan(window: 6000, ContextStrategies.Window);

        Assert.Equal((0, true), (plan.Shortened, plan.LeftOut > 0));
    }

    [Fact]
    public void Earlier_results_of_the_turn_itself_are_shortened_where_nothing_else_helps()
    {
        var plan = new ContextPlanner(
            History, 0, ContextBudget.Of(5000, null, new ContextOptions()), new ContextOptions(), fixedWeight: 0, measure: null).Plan(SessionContext.None);

        Assert.InRange(plan.Shortened, 1, ((Turns - 1) * MessagesPerTurn) + 1);
        Assert.Equal(0, plan.LeftOut);
    }

    [Theory]
    [InlineData(8000, MessagesPerTurn)]
    [InlineData(2000, MessagesPerTurn + 9)]
    public void Request_that_results_belong_to_is_left_out_last(int window, int leftOut)
    {
        // Rounds of one request, each answered by the client in a turn of its own.
        var rounds = Enumerable.Range(2, 4).SelectMany(number => Turn(number).Skip(1).Take(2));
        List<ChatMessage> history = [.. Turn(0), .. Turn(1).Take(3), .. rounds];
        var options = new ContextOptions { Strategy = ContextStrategies.Window };

        var plan = new ContextPlanner(
            history, history.Count - 1, ContextBudget.Of(window, null, options), options, fixedWeight: 0, measure: null,
            firstOfRequest: MessagesPerTurn).Plan(SessionContext.None);

        Assert.Equal(leftOut, plan.LeftOut);
    }

    [Fact]
    public void Nothing_is_done_without_a_strategy() => Assert.Equal(SessionContext.None, Plan(window: 2000, ContextStrategies.None));

    [Theory]
    [InlineData(10_000, null, 7500, 7500, 5000)]
    [InlineData(100_000, null, 95_904, 80_000, 50_000)]
    [InlineData(10_000, 1000, 9000, 8000, 5000)]
    [InlineData(10_000, 12_000, 0, 0, 0)]
    public void Window_is_shared_out_between_conversation_and_answer(int window, int? answer, double room, double trigger, double target) =>
        Assert.Equal(new ContextBudget(window, room, trigger, target), ContextBudget.Of(window, answer, new ContextOptions()));

    private static SessionContext Plan(int window, ContextStrategies strategy)
    {
        var options = new ContextOptions { Strategy = strategy };
        return new ContextPlanner(
            History, History.Count - 1, ContextBudget.Of(window, null, options), options, fixedWeight: 0, measure: null).Plan(SessionContext.None);
    }

    private static IEnumerable<ChatMessage> Turn(int number)
    {
        var round = LongHistories.Round("", ($"call_{number}", ""));
        return
        [
            new(ChatRole.User, $"Question {number}."), round, LongHistories.Results(round, new string('r', 4000)), new(ChatRole.Assistant, "Answer."),
        ];
    }
}
