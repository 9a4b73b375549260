namespace ToolService.Durability;

/// <summary>The report as people read it.</summary>
internal static class ReportTable
{
    private const string AnyInstant = "any instant";

    /// <summary>Prints it; the exit code, which is 0 only if every promise was kept and every point was hit.</summary>
    public static int Print(Report report, HarnessOptions options)
    {
        Console.WriteLine();
        Console.WriteLine($"{"killed at",-24}{"aimed",8}{"hit",8}");
        foreach (var point in Points.All.Append(AnyInstant).Append("the end"))
            Console.WriteLine($"{point,-24}{report.At(point).Aimed,8}{report.At(point).Hit,8}");
        Console.WriteLine($"{"all",-24}{"",8}{report.Kills,8}");
        Console.WriteLine();
        foreach (var (what, count) in report.Counts)
            Console.WriteLine($"{what,-64}{count,8:N0}");
        Console.WriteLine($"{"longest time from a restart to the last turn at rest, ms",-64}{report.LongestRecovery.TotalMilliseconds,8:N0}");
        Console.WriteLine();
        foreach (var promise in Enum.GetValues<Promise>())
            Console.WriteLine($"{promise + " violated",-64}{report.Violations.Count(violation => violation.Promise == promise),8:N0}");
        foreach (var (promise, text) in report.Violations.Take(50))
            Console.WriteLine($"{promise}: {text}");
        var missed = Missed(report, options);
        foreach (var point in missed)
            Console.WriteLine($"never hit: {point}");
        return report.Violations.Count == 0 && missed.Count == 0 ? 0 : 1;
    }

    /// <summary>The points that were to be hit and were not.</summary>
    public static IReadOnlyList<string> Missed(Report report, HarnessOptions options) =>
        [.. (options.Point is { } only ? [only] : Points.All).Where(point => report.At(point).Hit == 0)];
}
