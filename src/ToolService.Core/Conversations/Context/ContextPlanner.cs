using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations.Context;

/// <summary>
/// Finds what of a conversation to send, so that it fits: whole rounds, and the current turn always. What the user asked before a turn that
/// goes on with results of the client's tools is the last to be left out. The same in, the same out.
/// </summary>
/// <param name="messages">The session's messages.</param>
/// <param name="firstOfTurn">Where the current turn begins.</param>
/// <param name="budget">What fits.</param>
/// <param name="options">How it is made to fit.</param>
/// <param name="fixedWeight">The weight of what is always sent: system prompt and tools.</param>
/// <param name="measure">What the model's provider counted last; null where it has not yet.</param>
/// <param name="firstOfRequest">The place of the message that the turn answers; null where that is the turn's first.</param>
internal sealed class ContextPlanner(
    IReadOnlyList<ChatMessage> messages,
    int firstOfTurn,
    ContextBudget budget,
    ContextOptions options,
    double fixedWeight,
    ContextMeasure? measure,
    int? firstOfRequest = null)
{
    /// <summary>What stands for a summary that is yet to be written: as long as one may be.</summary>
    public string ToBeWritten { get; } = new('x', options.SummaryTokens * 4);

    /// <summary>How many tokens will be sent.</summary>
    public double Estimate(SessionContext context) => Estimate(Weight(context));

    /// <summary>The weight of what is sent.</summary>
    public double Weight(SessionContext context) => fixedWeight + RequestWeight.Of(ContextView.Of(messages, context));

    /// <summary>
    /// The context to go on with: the given one while it is small enough. A result that is more than the room cannot be helped.
    /// </summary>
    public SessionContext Plan(SessionContext current)
    {
        if (Estimate(current) <= budget.Trigger)
            return current;

        var plan = current;
        if (Has(ContextStrategies.ToolResults))
            plan = Shorten(plan, firstOfTurn);
        plan = LeaveOut(plan, firstOfRequest ?? firstOfTurn);
        if (!Fits(plan) && Has(ContextStrategies.ToolResults))
            plan = Shorten(plan, LastRound());
        return Fits(plan) || (firstOfRequest ?? firstOfTurn) == firstOfTurn ? plan : LeaveOut(plan, firstOfTurn);
    }

    /// <summary>Whether it can be sent.</summary>
    public bool Fits(SessionContext context) => Estimate(context) <= budget.Room;

    private bool Has(ContextStrategies strategy) => (options.Strategy & strategy) != 0;

    private double Estimate(double weight) => measure?.Estimate(weight) ?? weight;

    private SessionContext Shorten(SessionContext plan, int to)
    {
        var from = Math.Max(plan.LeftOut, plan.Shortened);
        var places = Enumerable.Range(from, Math.Max(0, to - from)).Where(index => ContextView.LongResults(messages[index]) > 0);
        return Step(plan, [.. places.Select(index => index + 1)], place => plan with { Shortened = place });
    }

    private SessionContext LeaveOut(SessionContext plan, int to)
    {
        if (Has(ContextStrategies.Summary))
            plan = Step(plan, Places(plan, to), place => plan with { LeftOut = place, Summary = ToBeWritten });
        if (Has(ContextStrategies.Window) || (Has(ContextStrategies.Summary) && !Fits(plan)))
            plan = Step(plan, Places(plan, to), place => plan with { LeftOut = place });
        var isTooLong = !Fits(plan) && plan.Summary is not null && options.Strategy is not ContextStrategies.None;
        return isTooLong ? plan with { Summary = null } : plan;
    }

    private IReadOnlyList<int> Places(SessionContext plan, int to) => RoundBoundaries.Of(messages, plan.LeftOut, to);

    /// <summary>Goes to the first place at which the target is reached, else to the last, unless that makes nothing better.</summary>
    private SessionContext Step(SessionContext plan, IReadOnlyList<int> places, Func<int, SessionContext> at)
    {
        var before = Estimate(plan);
        if (before <= budget.Target || places.Count == 0)
            return plan;

        var (low, high) = (0, places.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Estimate(at(places[middle])) <= budget.Target)
                high = middle;
            else
                low = middle + 1;
        }

        return at(places[low]) is var found && Estimate(found) < before ? found : plan;
    }

    /// <summary>Where the turn's last round begins: the model has not read its results yet.</summary>
    private int LastRound()
    {
        for (var i = messages.Count - 1; i > firstOfTurn; i--)
        {
            if (FunctionCalls.In(messages[i]).Count > 0)
                return i;
        }

        return firstOfTurn;
    }
}
