using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIChat;

public class ChatStreamTests
{
    [Fact]
    public async Task Text_is_passed_on_before_the_stream_ends()
    {
        var release = new TaskCompletionSource();
        var first = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";
        var reply = ScriptedReply.Raw("text/event-stream", first + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n")
            with
        { Release = release.Task, ReleaseAfter = first.Length };
        await using var server = await ScriptedModelServer.StartAsync(reply);
        using var client = Clients.For(server);

        Assert.Equal(["Hel", "lo", ""], await client.ReadTextsAsync(() => release.TrySetResult()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_has_its_calls_usage_and_names(bool stream)
    {
        var response = await AskAsync(stream, ScriptedReply.Message("Let me see.", [("a", """{"x":1}"""), ("b", "{}")]));

        Assert.Equal("Let me see.", response.Text);
        Assert.Equal([("call_1", "a", """{"x":1}"""), ("call_2", "b", "{}")], Told(response));
        Assert.Equal(1, ((JsonElement)response.Calls()[0].Arguments!["x"]!).GetInt32());
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal((10L, 5L, 15L), (response.Usage!.InputTokenCount!.Value, response.Usage.OutputTokenCount!.Value, response.Usage.TotalTokenCount!.Value));
        Assert.Equal("scripted", response.ModelId);
    }

    [Fact]
    public async Task Calls_are_put_together_by_index_when_their_pieces_alternate() =>
        Assert.Equal([("1", "a", """{"x":1}"""), ("2", "b", """{"y":2}""")], await CallsAsync(
            """{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\""}},{"index":1,"id":"2","function":{"name":"b","arguments":"{\"y\""}}""",
            """{"index":1,"function":{"arguments":":2}"}},{"index":0,"function":{"arguments":":1}"}}"""));

    [Fact]
    public async Task Whole_calls_in_one_chunk_are_calls() =>
        Assert.Equal([("1", "a", "{}"), ("2", "b", "{}")], await CallsAsync(
            """{"index":0,"id":"1","function":{"name":"a","arguments":"{}"}},{"index":1,"id":"2","function":{"name":"b","arguments":"{}"}}"""));

    [Fact]
    public async Task Used_index_with_a_new_id_and_a_name_is_a_new_call() =>
        Assert.Equal([("1", "a", """{"x":1}"""), ("2", "a", """{"x":2}""")], await CallsAsync(
            """{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\":1}"}}""",
            """{"index":0,"id":"2","function":{"name":"a","arguments":"{\"x\":2}"}}"""));

    [Fact]
    public async Task Used_index_with_a_new_id_and_no_name_goes_on_with_the_call() =>
        Assert.Equal([("1", "a", """{"x":1}""")], await CallsAsync(
            """{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\""}}""", """{"index":0,"id":"other","function":{"arguments":":1}"}}"""));

    [Fact]
    public async Task Pieces_without_an_index_are_matched_by_id_or_go_to_the_last_call() =>
        Assert.Equal([("1", "a", """{"x":1}"""), ("2", "b", """{"y":2}""")], await CallsAsync(
            """{"id":"1","function":{"name":"a","arguments":"{\"x\""}}""",
            """{"id":"2","function":{"name":"b","arguments":"{\"y\""}}""",
            """{"id":"1","function":{"arguments":":1}"}}""",
            """{"function":{"arguments":":2}"}}"""));

    [Fact]
    public async Task First_name_wins_and_may_come_late() =>
        Assert.Equal([("1", "a", """{"x":1}""")], await CallsAsync(
            """{"index":0,"id":"1","function":{"name":"","arguments":"{\"x\""}}""",
            """{"index":0,"id":"","function":{"name":"a","arguments":":1}"}}""",
            """{"index":0,"id":"1","function":{"name":"a"}}"""));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("\"null\"")]
    [InlineData("\"  \"")]
    public async Task No_arguments_are_an_empty_object(string arguments) =>
        Assert.Equal([("1", "a", "{}")], await CallsAsync($$$"""{"index":0,"id":"1","function":{"name":"a","arguments":{{{arguments}}}}}"""));

    [Fact]
    public async Task Arguments_that_are_an_object_instead_of_text_are_taken() =>
        Assert.Equal([("1", "a", """{"x": 1}""")], await CallsAsync("""{"index":0,"id":"1","function":{"name":"a","arguments":{"x": 1}}}"""));

    [Fact]
    public async Task Call_with_neither_name_nor_arguments_is_dropped() =>
        Assert.Equal([("1", "a", "{}")], await CallsAsync("""{"index":0,"id":"1","function":{"name":"a","arguments":"{}"}},{"index":1,"id":"2","function":{}}"""));

    [Fact]
    public async Task Missing_and_repeated_ids_are_replaced()
    {
        var calls = await CallsAsync(
            """{"index":0,"function":{"name":"a","arguments":"{}"}},{"index":1,"id":"","function":{"name":"b"}},{"index":2,"id":"1","function":{"name":"c"}},{"index":3,"id":"1","function":{"name":"d"}}""");

        Assert.Equal(["a", "b", "c", "d"], calls.Select(call => call.Name));
        Assert.Equal(4, calls.Select(call => call.Id).Distinct().Count());
        Assert.All(calls, call => Assert.True(Ids.IsValidCallId(call.Id)));
    }

    [Theory]
    [InlineData("""{"x": 1""")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("17")]
    [InlineData("""{"x":1} trailing""")]
    [InlineData("""{"x":1,"x":2}""")]
    public async Task Arguments_that_are_no_object_are_an_exception_on_the_call(string arguments)
    {
        var response = await AskAsync(stream: true, ScriptedReply.Calls(("a", arguments)));

        var call = Assert.Single(response.Calls());
        Assert.Null(call.Arguments);
        Assert.StartsWith("The arguments are not a valid JSON object: ", call.Exception!.Message, StringComparison.Ordinal);
        Assert.Equal(arguments, call.RawRepresentation);
    }

    [Fact]
    public async Task Arguments_nested_too_deep_are_an_exception_on_the_call()
    {
        var response = await AskAsync(stream: false, ScriptedReply.Calls(("a", $$"""{"x":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""")));

        Assert.NotNull(Assert.Single(response.Calls()).Exception);
    }

    [Fact]
    public async Task Finish_reason_stop_with_calls_means_calls()
    {
        var response = await AskAsync(stream: true, ScriptedReply.Chunks(
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"1","function":{"name":"a"}}]},"finish_reason":"stop"}]}"""));

        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Fact]
    public async Task Answer_without_usage_has_none()
    {
        var response = await AskAsync(stream: true, ScriptedReply.Chunks("""{"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]}"""));

        Assert.Null(response.Usage);
    }

    [Fact]
    public async Task Whole_answer_to_a_streamed_request_is_taken()
    {
        var response = await AskAsync(stream: true, ScriptedReply.Raw(
            "application/json", """{"choices":[{"index":0,"message":{"content":"hi"},"finish_reason":"stop"}]}"""));

        Assert.Equal("hi", response.Text);
    }

    [Fact]
    public async Task Server_that_does_not_close_the_stream_after_done_does_not_hold_up_the_answer()
    {
        var done = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        var never = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Raw("text/event-stream", done + ": more") with { Release = never.Task, ReleaseAfter = done.Length });
        using var client = Clients.For(server, new ManualTime(ManualTime.Start));

        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
    }

    [Fact]
    public void Cutting_the_body_anywhere_changes_nothing()
    {
        var sizes = Gen.Choose(1, 60).ListOf(8);
        Prop.ForAll(sizes.ToArbitrary(), pieces => Task.Run(async () =>
        {
            var reply = ScriptedReply.Message("Grüße 😀 an alle", [("a", """{"text":"Zürich 😀"}"""), ("b", "{}")]) with { Pieces = [.. pieces] };
            var response = await AskAsync(stream: true, reply);
            return response.Text == "Grüße 😀 an alle" && Told(response).SequenceEqual([("call_1", "a", """{"text":"Zürich 😀"}"""), ("call_2", "b", "{}")]);
        }).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static async Task<IReadOnlyList<(string Id, string Name, string? Arguments)>> CallsAsync(params string[] deltas)
    {
        var chunks = deltas.Select(calls => $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{{{calls}}}]}}]}""");
        var response = await AskAsync(stream: true, ScriptedReply.Chunks([.. chunks, """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""]));
        return Told(response);
    }

    private static IReadOnlyList<(string Id, string Name, string? Arguments)> Told(ChatResponse response) =>
        [.. response.Calls().Select(call => (call.CallId, call.Name, call.RawRepresentation as string))];

    private static async Task<ChatResponse> AskAsync(bool stream, ScriptedReply reply)
    {
        await using var server = await ScriptedModelServer.StartAsync(reply);
        using var client = Clients.For(server);
        return await client.AskAsync(stream);
    }
}
