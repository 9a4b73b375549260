using ToolService.Durability;

namespace ToolService.Api.Tests.Durability;

/// <summary>A short run of <c>bench/durability</c> on the program as it was built: every point once, and some more.</summary>
public sealed class KilledPointsTests
{
    [Fact(Timeout = 600_000)]
    public async Task Service_keeps_its_promises_when_it_is_killed_at_any_point_of_its_journal()
    {
        var options = new HarnessOptions { Service = Path.Combine(AppContext.BaseDirectory, "ToolService.Api.dll"), Kills = 36 };

        var report = await Harness.RunAsync(options);

        Assert.Equal("", string.Join('\n', report.Violations));
        Assert.Empty(ReportTable.Missed(report, options));
    }
}
