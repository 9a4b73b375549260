using System.Net;
using System.Text.Json;

namespace ToolService.Api.Tests.History;

public sealed class HistoryTests
{
    private readonly TestTools _tools = new();

    [Fact]
    public async Task Every_call_is_recorded_also_those_that_were_refused()
    {
        await using var service = await _tools.StartServiceAsync();
        await service.Client.CallAsync("echo", """{"text":"x"}""");
        await service.Client.CallAsync("nope", expected: HttpStatusCode.NotFound);
        await service.Client.CallAsync("echo", """{"text":1}""", HttpStatusCode.BadRequest);
        await service.Client.CallAsync("refuse");

        var history = await service.Client.GetJsonAsync("/v1/tools/history");

        Assert.Equal(["failed", "rejected", "rejected", "succeeded"], Statuses(history));
        Assert.Equal("local", history[0].Text("caller"));
        Assert.Equal(1, history[1].GetProperty("arguments").GetProperty("text").GetInt32());
    }

    [Fact]
    public async Task Pages_follow_the_link_to_the_end()
    {
        await using var service = await _tools.StartServiceAsync();
        for (var i = 0; i < 7; i++)
            await service.Client.CallAsync("echo", $$"""{"text":"{{i}}"}""");

        var seen = new List<string>();
        for (var path = "/v1/tools/history?limit=3&tool=echo"; path is not null;)
        {
            using var page = await service.Client.GetAsync(path, TestContext.Current.CancellationToken);
            var calls = JsonElement.Parse(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            seen.AddRange(calls.EnumerateArray().Select(call => call.Text("result")));
            path = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], seen);
    }

    [Theory]
    [InlineData("status=failed", 1)]
    [InlineData("status=succeeded&tool=echo", 2)]
    [InlineData("tool=nothing", 0)]
    [InlineData("from=2000-01-01T00:00:00Z&to=2001-01-01T00:00:00Z", 0)]
    [InlineData("from=2000-01-01T00:00:00Z", 3)]
    public async Task Filters_narrow_the_list(string filter, int expected)
    {
        await using var service = await _tools.StartServiceAsync();
        await service.Client.CallAsync("echo", """{"text":"x"}""");
        await service.Client.CallAsync("echo", """{"text":"y"}""");
        await service.Client.CallAsync("refuse");

        Assert.Equal(expected, (await service.Client.GetJsonAsync($"/v1/tools/history?{filter}")).GetArrayLength());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=x")]
    [InlineData("status=nope")]
    [InlineData("from=yesterday")]
    public async Task Bad_filter_is_a_400(string filter)
    {
        await using var service = await _tools.StartServiceAsync();

        var problem = await service.Client.GetJsonAsync($"/v1/tools/history?{filter}", HttpStatusCode.BadRequest);

        Assert.Equal(400, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Statistics_count_and_time_each_tool()
    {
        await using var service = await _tools.StartServiceAsync();
        for (var i = 0; i < 3; i++)
            await service.Client.CallAsync("echo", """{"text":"x"}""");
        await service.Client.CallAsync("refuse");

        var statistics = await service.Client.GetJsonAsync("/v1/tools/history/stats");

        var echo = statistics.EnumerateArray().Single(tool => tool.Text("tool_name") == "echo");
        Assert.Equal(3, echo.GetProperty("calls").GetInt64());
        Assert.Equal(0, echo.GetProperty("failure_rate").GetDouble());
        Assert.True(echo.GetProperty("p50_ms").GetDouble() > 0);
        Assert.True(echo.GetProperty("p99_ms").GetDouble() >= echo.GetProperty("p50_ms").GetDouble());
        var refuse = statistics.EnumerateArray().Single(tool => tool.Text("tool_name") == "refuse");
        Assert.Equal(1, refuse.GetProperty("failure_rate").GetDouble());
        Assert.Equal(1, refuse.GetProperty("by_status").GetProperty("failed").GetInt64());
    }

    [Fact]
    public async Task Long_result_is_whole_in_the_record_and_left_out_of_the_list()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await service.Client.CallAsync("long", """{"length":50000}""");

        var listed = (await service.Client.GetJsonAsync("/v1/tools/history"))[0];
        var record = await service.Client.GetJsonAsync($"/v1/tools/history/{call.Text("call_id")}");

        Assert.True(listed.GetProperty("shortened").GetBoolean());
        Assert.False(listed.TryGetProperty("result", out _));
        Assert.Equal(50_000, record.Text("result").Length);
    }

    [Fact]
    public async Task Unknown_call_is_a_404()
    {
        await using var service = await _tools.StartServiceAsync();

        var problem = await service.Client.GetJsonAsync("/v1/tools/history/call_nothing", HttpStatusCode.NotFound);

        Assert.Equal("unknown_call", problem.Text("code"));
    }

    private static IEnumerable<string> Statuses(JsonElement calls) => calls.EnumerateArray().Select(call => call.Text("status"));
}
