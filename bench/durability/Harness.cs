using System.Collections.Concurrent;
using System.Diagnostics;

namespace ToolService.Durability;

/// <summary>Kills the service again and again, and holds it to its promises.</summary>
internal static class Harness
{
    private const int Tries = 3;

    public static async Task<Report> RunAsync(HarnessOptions options)
    {
        var report = new Report();
        List<Lane> lanes = [];
        try
        {
            for (var i = 0; i < options.Lanes; i++)
                lanes.Add(await Lane.StartAsync(options, report));
            var passed = await lanes[0].CountPointsAsync();
            var plan = new ConcurrentQueue<Kill>(Plan.Make(passed, options.Kills, options.Point, new Random(options.Seed)));
            await Task.WhenAll(lanes.Select(lane => Task.Run(() => WorkAsync(lane, plan, options))));
            await HitAllAsync(lanes[0], passed, report, options);
            foreach (var lane in lanes)
                await lane.CheckAllAsync();
        }
        finally
        {
            foreach (var lane in lanes)
                await lane.DisposeAsync();
        }

        return report;
    }

    private static async Task WorkAsync(Lane lane, ConcurrentQueue<Kill> plan, HarnessOptions options)
    {
        while (plan.TryDequeue(out var kill))
        {
            var start = Stopwatch.GetTimestamp();
            await lane.RunAsync(kill);
            options.Progress($"{plan.Count} to go: {kill}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        }
    }

    /// <summary>Tries again what was never hit: how often a point is passed is a matter of timing, and at some it is hit by luck alone.</summary>
    private static async Task HitAllAsync(Lane lane, IReadOnlyList<(string Scenario, KillPoint Last)> passed, Report report, HarnessOptions options)
    {
        foreach (var point in ReportTable.Missed(report, options))
            foreach (var (scenario, last) in passed.Where(entry => entry.Last.Point == point))
                for (var time = 0; time < Tries && report.At(point).Hit == 0; time++)
                    await lane.RunAsync(new Kill(scenario, last with { Occurrence = 1 }));
    }
}
