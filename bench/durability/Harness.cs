using System.Collections.Concurrent;
using System.Diagnostics;

namespace ToolService.Durability;

/// <summary>Kills the service again and again, and holds it to its promises.</summary>
internal static class Harness
{
    public static async Task<Report> RunAsync(HarnessOptions options)
    {
        var report = new Report();
        List<Lane> lanes = [];
        try
        {
            for (var i = 0; i < options.Lanes; i++)
                lanes.Add(await Lane.StartAsync(options, report));
            var passed = await lanes[0].CountPointsAsync();
            foreach (var unknown in passed.Select(entry => entry.Last.Point).Distinct().Except(Points.All))
                throw new InvalidOperationException($"The service passes '{unknown}', which the harness does not know.");

            var plan = new ConcurrentQueue<Kill>(Plan.Make(passed, options.Kills, options.Point, new Random(options.Seed)));
            await Task.WhenAll(lanes.Select(lane => Task.Run(() => WorkAsync(lane, plan, options))));
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

        await lane.CheckAllAsync();
    }
}
