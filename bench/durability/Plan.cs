namespace ToolService.Durability;

/// <summary>Which experiments make up a run.</summary>
internal static class Plan
{
    private static readonly string[] Early =
        ["save_turn.before", "save_turn.after", "update_call.before", "update_call.after", "tool_call.before", "model_request.before"];

    private static readonly string[] Recovered = ["turn", "stream", "confirmed turn", "conversation"];

    /// <summary>
    /// Every point of every scenario as often as it is passed, as far as there are kills for them, each point at least once; then, in turns, kills
    /// at any instant under load and kills during recovery.
    /// </summary>
    /// <param name="passed">The points that scenarios pass, and how often.</param>
    /// <param name="kills">How many kills there are to be.</param>
    /// <param name="only">The one point that counts; null for all.</param>
    /// <param name="random">Decides what is left to chance.</param>
    public static IReadOnlyList<Kill> Make(IReadOnlyList<(string Scenario, KillPoint Last)> passed, int kills, string? only, Random random)
    {
        Kill[] all = [.. passed.Where(entry => only is null || entry.Last.Point == only).SelectMany(Occurrences)];
        random.Shuffle(all);
        // The first of each point before the second of any.
        var points = all.GroupBy(kill => kill.At!.Point)
            .SelectMany(group => group.Select((kill, rank) => (kill, rank))).OrderBy(entry => entry.rank).Select(entry => entry.kill).ToList();
        if (only is not null)
            return points.Count == 0 ? [] : [.. Enumerable.Range(0, kills).Select(i => points[i % points.Count])];

        List<Kill> plan = [.. points.Take(Math.Max(points.DistinctBy(kill => kill.At!.Point).Count(), kills * 2 / 3))];
        for (var left = kills - plan.Count; left > 0; left--)
        {
            if (left % 3 == 0 && left > 1)
            {
                plan.Add(Again(points, random));
                left--;
            }
            else
            {
                plan.Add(new Kill(null, null, AfterEvents: random.Next(1, 150)));
            }
        }

        var shuffled = plan.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static IEnumerable<Kill> Occurrences((string Scenario, KillPoint Last) entry) =>
        Enumerable.Range(1, entry.Last.Occurrence).Select(n => new Kill(entry.Scenario, entry.Last with { Occurrence = n }));

    /// <summary>A turn is killed, and the service again at one of the first points that it then passes.</summary>
    private static Kill Again(IReadOnlyList<Kill> points, Random random)
    {
        Kill[] turns = [.. points.Where(kill => Recovered.Contains(kill.Scenario) && kill.At!.Point.Split('.')[0] is Points.ToolCall or "update_call" or "save_turn")];
        return turns[random.Next(turns.Length)] with { Recovering = new KillPoint(Early[random.Next(Early.Length)], random.Next(1, 3)) };
    }
}
