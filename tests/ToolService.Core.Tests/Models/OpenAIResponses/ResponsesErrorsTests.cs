using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIResponses;

public class ResponsesErrorsTests
{
    private const string Text = """{"type":"response.output_text.delta","output_index":0,"delta":"hi"}""";

    [Theory]
    [InlineData(401, "The provider refused the request (HTTP 401): check the API key of model 'cloud'.", false)]
    [InlineData(404, "The provider has no model 'gpt-5-mini', or no responses at this address (HTTP 404): check Model and BaseUrl of model 'cloud'.", false)]
    [InlineData(400, "The provider refused the request to model 'cloud' (HTTP 400): too many words", false)]
    [InlineData(503, "The provider of model 'cloud' failed (HTTP 503): too many words", true)]
    public async Task Status_is_told_with_what_to_check(int status, string message, bool retryable)
    {
        var e = await FailureAsync(stream: true, ScriptedReply.Error(status, "too many words"));

        Assert.Equal((message, status, retryable), (e.Message, e.StatusCode, e.Retryable));
    }

    [Theory]
    [InlineData("""{"type":"error","code":"server_error","message":"no"}""", true)]
    [InlineData("""{"type":"error","code":"invalid_prompt","message":"no"}""", false)]
    [InlineData("""{"type":"error","error":{"type":"rate_limit_error","message":"no"}}""", true)]
    [InlineData("""{"type":"response.failed","response":{"status":"failed","error":{"code":"rate_limit_exceeded","message":"no"}}}""", true)]
    [InlineData("""{"type":"response.failed","response":{"status":"failed","error":{"code":"invalid_image","message":"no"}}}""", false)]
    public async Task Error_inside_a_stream_is_an_error(string data, bool retryable)
    {
        var e = await FailureAsync(stream: true, Clients.Events(Text, data));

        Assert.Equal("Model 'cloud' answered with an error: no", e.Message);
        Assert.Equal(retryable, e.Retryable);
    }

    [Theory]
    [InlineData("""{"status":"failed","output":[],"error":{"code":"server_error","message":"no"}}""", "Model 'cloud' answered with an error: no")]
    [InlineData("""{"status":"cancelled","output":[],"error":null}""", "Model 'cloud' answered with an error.")]
    public async Task Whole_answer_that_failed_is_an_error(string body, string message) =>
        Assert.Equal(message, (await FailureAsync(stream: false, ScriptedReply.Raw("application/json", body))).Message);

    [Theory]
    [InlineData("")]
    [InlineData("data: [DONE]\n\n")]
    public async Task Stream_without_a_last_event_is_cut(string end)
    {
        var e = await FailureAsync(stream: true, ScriptedReply.Raw("text/event-stream", $"data: {Text}\n\n{end}"));

        Assert.Equal("The answer of model 'cloud' broke off before its end.", e.Message);
        Assert.True(e.Retryable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_cut_midway_is_told(bool stream)
    {
        var e = await FailureAsync(stream, ScriptedReply.Text("A long answer that does not arrive.") with { Pieces = [50], CutAfter = 150 });

        Assert.Equal("The answer of model 'cloud' broke off before its end.", e.Message);
    }

    [Theory]
    [InlineData("text/html", "<html><body>Welcome</body></html>", true)]
    [InlineData("application/json", "{\"choices\":[]}", false)]
    [InlineData("application/json", "[]", false)]
    [InlineData("text/event-stream", "data: {\"type\":\n\n", true)]
    public async Task Something_else_than_a_response_is_told(string contentType, string body, bool stream) =>
        Assert.Equal(
            "Model 'cloud' answered with something that is not a response; check that its base URL ends with the API's version, such as /v1.",
            (await FailureAsync(stream, ScriptedReply.Raw(contentType, body))).Message);

    [Fact]
    public async Task Answer_of_too_many_items_is_refused()
    {
        var items = Enumerable.Range(0, 10_001)
            .Select(index => $$"""{"item":{"type":"reasoning"},"output_index":{{index}},"type":"response.output_item.added"}""");

        var e = await FailureAsync(stream: true, Clients.Events([.. items]));

        Assert.Equal("The answer of model 'cloud' is too large: more than 10000 items.", e.Message);
    }

    [Fact]
    public async Task Nothing_is_passed_on_before_the_words_so_that_a_broken_stream_can_be_asked_for_again()
    {
        var reply = Clients.Events(
            """{"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","summary":[{"text":"Hm."}]}}""",
            """{"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","call_id":"1","name":"a","arguments":"{}"}}""");
        await using var server = await ScriptedModelServer.StartAsync(reply);
        using var client = Clients.For(server);
        var updates = 0;

        await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken))
                updates++;
        });

        Assert.Equal(0, updates);
    }

    private static Task<ModelException> FailureAsync(bool stream, ScriptedReply reply) =>
        Assert.ThrowsAsync<ModelException>(() => Clients.AskAsync(stream, reply));
}
