using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Storage.Writing;

namespace ToolService.Api.Tests.Tools;

public sealed class CallTests
{
    private readonly TestTools _tools = new();

    [Fact]
    public async Task Call_answers_with_the_result_and_how_it_came_about()
    {
        await using var service = await _tools.StartServiceAsync();

        var result = await service.Client.CallAsync("echo", """{"text":"hi"}""");

        Assert.True(result.GetProperty("success").GetBoolean());
        Assert.Equal("hi", result.Text("result"));
        Assert.Equal("succeeded", result.Text("status"));
        Assert.Equal(1, result.GetProperty("attempts").GetInt32());
        Assert.StartsWith("call_", result.Text("call_id"), StringComparison.Ordinal);
        Assert.True(result.GetProperty("execution_time_ms").GetDouble() > 0);
        Assert.False(result.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Unknown_tool_is_a_404_that_names_near_ones()
    {
        await using var service = await _tools.StartServiceAsync();

        var problem = await service.Client.CallAsync("add_notes", expected: HttpStatusCode.NotFound);

        Assert.Equal("unknown_tool", problem.Text("code"));
        Assert.Contains("add_note", problem.Text("detail"), StringComparison.Ordinal);
        Assert.StartsWith("call_", problem.Text("call_id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_arguments_are_a_400_that_lists_every_violation_and_runs_nothing()
    {
        await using var service = await _tools.StartServiceAsync();

        var problem = await service.Client.CallAsync("add_note", """{"txt":1}""", HttpStatusCode.BadRequest);

        Assert.Equal("invalid_arguments", problem.Text("code"));
        var keywords = problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("keyword")).ToList();
        Assert.Contains("required", keywords);
        Assert.Contains("additionalProperties", keywords);
        Assert.Empty(_tools.Effects);
    }

    [Theory]
    [InlineData("""{"text":"a","text":"b"}""")]
    [InlineData("[1]")]
    [InlineData("\"{}\"")]
    [InlineData("null")]
    [InlineData("""{"text":"a\u0000b"}""")]
    [InlineData("""{"text":"a\u001bb"}""")]
    [InlineData("""{"text":"\ud800"}""")]
    public async Task Arguments_that_no_tool_should_see_are_a_400(string arguments)
    {
        await using var service = await _tools.StartServiceAsync();

        await service.Client.CallAsync("add_note", arguments, HttpStatusCode.BadRequest);

        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Control_characters_are_stripped_where_the_operator_says_so()
    {
        await using var service = await _tools.StartServiceAsync(("Execution:Arguments:ControlCharacters", "Strip"));

        var result = await service.Client.CallAsync("add_note", """{"text":"a\u0000b\nc"}""");

        Assert.Equal("added ab\nc", result.Text("result"));
        var record = await service.Client.GetJsonAsync($"/v1/tools/history/{result.Text("call_id")}");
        Assert.Equal("ab\nc", record.GetProperty("arguments").Text("text"));
    }

    [Fact]
    public async Task String_that_matches_a_denied_pattern_refuses_the_call()
    {
        await using var service = await _tools.StartServiceAsync(("Execution:Arguments:DenyPatterns:0", @"\bDROP\s+TABLE\b"));

        var problem = await service.Client.CallAsync("add_note", """{"text":"x; DROP TABLE notes"}""", HttpStatusCode.BadRequest);

        Assert.Equal("/text", problem.GetProperty("errors")[0].Text("pointer"));
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task String_longer_than_the_limit_refuses_the_call()
    {
        await using var service = await _tools.StartServiceAsync(("Execution:Arguments:MaxStringCharacters", "10"));

        var problem = await service.Client.CallAsync("add_note", """{"text":"12345678901"}""", HttpStatusCode.BadRequest);

        Assert.Contains("at most 10", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denied_tool_is_a_403_and_is_not_listed()
    {
        await using var service = await _tools.StartServiceAsync(("Tools:Denied:0", "add_*"));

        var problem = await service.Client.CallAsync("add_note", """{"text":"x"}""", HttpStatusCode.Forbidden);

        Assert.Equal("not_allowed", problem.Text("code"));
        Assert.Empty(_tools.Effects);
        var names = (await service.Client.GetJsonAsync("/v1/tools")).EnumerateArray().Select(tool => tool.Text("name"));
        Assert.DoesNotContain("add_note", names);
    }

    [Fact]
    public async Task Tools_own_failure_is_a_200_with_its_message()
    {
        await using var service = await _tools.StartServiceAsync();

        var result = await service.Client.CallAsync("refuse");

        Assert.False(result.GetProperty("success").GetBoolean());
        Assert.Equal("failed", result.Text("status"));
        Assert.Equal("tool_failed", result.GetProperty("error").Text("code"));
        Assert.Equal("The note is locked; unlock it first.", result.GetProperty("error").Text("message"));
    }

    [Fact]
    public async Task Unexpected_exception_does_not_show_its_text()
    {
        await using var service = await _tools.StartServiceAsync();

        var result = await service.Client.CallAsync("throw");

        Assert.Equal("tool_failed", result.GetProperty("error").Text("code"));
        Assert.DoesNotContain(TestTools.Secret, result.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestTools.Secret, (await service.Client.GetJsonAsync("/v1/tools/history")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hung_tool_times_out_and_frees_its_slot()
    {
        await using var service = await _tools.StartServiceAsync(
            ("Tools:Policies:ignore:Timeout", "00:00:00.05"), ("Tools:Policies:ignore:MaxRetries", "0"), ("Tools:Policies:ignore:MaxParallel", "1"));

        var first = await service.Client.CallAsync("ignore");
        var second = await service.Client.CallAsync("ignore");

        Assert.Equal("timed_out", first.Text("status"));
        Assert.Equal("timed_out", second.Text("status"));
        Assert.Equal("timed_out", second.GetProperty("error").Text("code"));
        _tools.Release();
    }

    [Fact]
    public async Task Read_only_tool_is_retried_when_a_retry_can_help()
    {
        _tools.FailuresToCome = 2;
        await using var service = await _tools.StartServiceAsync();

        var result = await service.Client.CallAsync("flaky");

        Assert.Equal("done", result.Text("result"));
        Assert.Equal(3, result.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Tool_with_effects_is_never_retried()
    {
        _tools.FailuresToCome = 1;
        await using var service = await _tools.StartServiceAsync();

        var result = await service.Client.CallAsync("flaky_note");

        Assert.Equal("failed", result.Text("status"));
        Assert.True(result.GetProperty("error").GetProperty("retryable").GetBoolean());
        Assert.Equal(1, _tools.FlakyStarts);
    }

    [Fact]
    public async Task Tool_that_keeps_failing_is_paused()
    {
        _tools.FailuresToCome = int.MaxValue;
        await using var service = await _tools.StartServiceAsync(("Execution:BreakerMinimumAttempts", "3"), ("Tools:Policies:flaky:MaxRetries", "0"));
        for (var i = 0; i < 3; i++)
            await service.Client.CallAsync("flaky");

        var problem = await service.Client.CallAsync("flaky", expected: HttpStatusCode.ServiceUnavailable);

        Assert.Equal("unavailable", problem.Text("code"));
        Assert.Equal(3, _tools.FlakyStarts);
    }

    [Fact]
    public async Task Caller_beyond_the_queue_is_told_to_come_back()
    {
        await using var service = await _tools.StartServiceAsync(("Execution:MaxParallelCalls", "1"), ("Execution:MaxQueuedCalls", "0"));
        var busy = service.Client.CallAsync("slow_note", """{"text":"first"}""");
        await _tools.Started;

        var problem = await service.Client.CallAsync("echo", """{"text":"x"}""", HttpStatusCode.ServiceUnavailable);
        _tools.Release();

        Assert.Equal("unavailable", problem.Text("code"));
        Assert.True((await busy).GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task Call_that_was_told_to_come_back_runs_when_it_does()
    {
        await using var service = await _tools.StartServiceAsync(("Execution:MaxParallelCalls", "1"), ("Execution:MaxQueuedCalls", "0"));
        var busy = service.Client.CallAsync("slow_note", """{"text":"first"}""");
        await _tools.Started;
        await service.Client.CallAsync("add_note", """{"text":"second"}""", HttpStatusCode.ServiceUnavailable, "again");
        _tools.Release();
        await busy;

        var result = await service.Client.CallAsync("add_note", """{"text":"second"}""", callId: "again");

        Assert.Equal("added second", result.Text("result"));
        Assert.Equal(["first", "second"], _tools.Effects);
    }

    [Fact]
    public async Task Store_that_takes_no_writes_is_a_503_that_says_what_became_of_the_call()
    {
        await using var service = await _tools.StartServiceAsync();
        await service.Services.GetRequiredService<WriteQueue>().StopAsync();

        var problem = await service.Client.CallAsync("add_note", """{"text":"x"}""", HttpStatusCode.ServiceUnavailable);

        Assert.Equal("storage_unavailable", problem.Text("code"));
        Assert.Contains("nothing was written", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Empty(_tools.Effects);
        await service.Client.GetJsonAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("huge")]
    [InlineData("endless")]
    public async Task Result_beyond_the_limit_fails_the_call(string tool)
    {
        await using var service = await _tools.StartServiceAsync();

        var result = await service.Client.CallAsync(tool);

        Assert.Equal("failed", result.Text("status"));
        Assert.Contains("larger than", result.GetProperty("error").Text("message"), StringComparison.Ordinal);
        await service.Client.CallAsync("echo", """{"text":"still here"}""");
    }

    [Fact]
    public async Task Repeated_call_id_answers_what_became_of_the_first_and_runs_nothing()
    {
        await using var service = await _tools.StartServiceAsync();

        var first = await service.Client.CallAsync("add_note", """{"text":"x"}""", callId: "order-17");
        var second = await service.Client.CallAsync("add_note", """{ "text" : "x" }""", callId: "order-17");

        Assert.Equal(first.Text("result"), second.Text("result"));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Repeated_call_id_with_other_arguments_is_a_409()
    {
        await using var service = await _tools.StartServiceAsync();
        await service.Client.CallAsync("add_note", """{"text":"x"}""", callId: "order-17");

        var problem = await service.Client.CallAsync("add_note", """{"text":"y"}""", HttpStatusCode.Conflict, "order-17");

        Assert.Equal("call_id_conflict", problem.Text("code"));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Same_call_id_at_the_same_time_runs_once()
    {
        await using var service = await _tools.StartServiceAsync();
        var calls = Enumerable.Range(0, 20).Select(_ => service.Client.CallAsync("slow_note", """{"text":"once"}""", callId: "a")).ToList();
        await _tools.Started;

        _tools.Release();
        var results = await Task.WhenAll(calls);

        Assert.All(results, result => Assert.Equal("added once", result.Text("result")));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Call_id_is_remembered_after_a_restart()
    {
        await using var service = await _tools.StartServiceAsync();
        await service.Client.CallAsync("add_note", """{"text":"x"}""", callId: "order-17");
        await service.RestartAsync();
        _tools.AddTo(service);

        var again = await service.Client.CallAsync("add_note", """{"text":"x"}""", callId: "order-17");

        Assert.Equal("added x", again.Text("result"));
        Assert.Single(_tools.Effects);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    public async Task Bad_call_id_is_a_400(string id)
    {
        await using var service = await _tools.StartServiceAsync();

        await service.Client.CallAsync("echo", """{"text":"x"}""", HttpStatusCode.BadRequest, id);
    }

    [Fact]
    public async Task Idempotency_key_is_a_call_id()
    {
        await using var service = await _tools.StartServiceAsync();
        service.Client.DefaultRequestHeaders.Add("Idempotency-Key", "key-1");

        await service.Client.CallAsync("add_note", """{"text":"x"}""");
        var second = await service.Client.CallAsync("add_note", """{"text":"x"}""");

        Assert.Equal("key-1", second.Text("call_id"));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Batch_answers_in_order_with_one_result_each()
    {
        await using var service = await _tools.StartServiceAsync();

        var batch = await service.Client.PostJsonAsync("/v1/tools/call/batch", """
            {"calls":[{"tool_name":"echo","arguments":{"text":"1"}},{"tool_name":"nope"},{"tool_name":"refuse"},{"tool_name":"echo","arguments":{}},
                      {"tool_name":"echo","arguments":{"text":"5"}}]}
            """);

        Assert.Equal(
            ["succeeded", "rejected", "failed", "rejected", "succeeded"], batch.GetProperty("results").EnumerateArray().Select(result => result.Text("status")));
        Assert.Equal("5", batch.GetProperty("results")[4].Text("result"));
        Assert.Equal("unknown_tool", batch.GetProperty("results")[1].GetProperty("error").Text("code"));
    }

    [Fact]
    public async Task Client_that_leaves_cancels_its_call()
    {
        await using var service = await _tools.StartServiceAsync();
        using var leave = new CancellationTokenSource();
        using var body = new StringContent("""{"tool_name":"hang","arguments":{},"call_id":"left"}""", System.Text.Encoding.UTF8, "application/json");
        var call = service.Client.PostAsync("/v1/tools/call", body, leave.Token);
        await _tools.Started;

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        // The same id joins the call while it ends, or finds how it ended.
        var problem = await service.Client.CallAsync("hang", expected: HttpStatusCode.ServiceUnavailable, callId: "left");
        Assert.Equal("cancelled", problem.Text("code"));
    }
}
