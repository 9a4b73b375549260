namespace ToolService.Durability;

/// <summary>One experiment: what goes on, and when the service is killed.</summary>
/// <param name="Scenario">What a client does; null for several clients that do everything.</param>
/// <param name="At">The point; null for any instant.</param>
/// <param name="AfterEvents">For any instant: after so many things that were seen from outside, such as answers.</param>
/// <param name="Recovering">Where the service is killed again while it recovers; null for once only.</param>
internal sealed record Kill(string? Scenario, KillPoint? At, int AfterEvents = 0, KillPoint? Recovering = null)
{
    public override string ToString() =>
        $"{Scenario ?? "load"} at {At?.ToString() ?? $"any instant after {AfterEvents} events"}{(Recovering is null ? "" : $", recovering at {Recovering}")}";
}
