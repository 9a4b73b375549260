using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class StreamTests
{
    private readonly TestTools _tools = new();

    [Theory]
    [InlineData(""","stream":true""", null)]
    [InlineData("", "text/event-stream")]
    public async Task Turn_is_streamed_event_by_event(string member, string? accept)
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"x"}"""), ("delete_note", """{"text":"y"}""")));
        await using var service = await StartAsync(model);

        var events = await StreamAsync(service, $$"""{"message":"Go."{{member}}}""", accept);

        // What comes of calls that run at the same time comes in any order.
        Assert.Equal(["turn_started", "tool_calls"], events[..2].Select(item => item.EventType));
        Assert.Equal(["confirmation_required", "tool_result"], events[2..4].Select(item => item.EventType).Order());
        Assert.Equal("done", Assert.Single(events[4..]).EventType);
        Assert.Equal(["1", "2", "3", "4", "5"], events.Select(item => item.EventId));
        Assert.Equal("awaiting_confirmation", JsonElement.Parse(events[^1].Data).Text("status"));
    }

    [Fact]
    public async Task Pieces_of_text_add_up_to_the_reply()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("A somewhat longer answer, in pieces. ✓"));
        await using var service = await StartAsync(model);

        var events = await StreamAsync(service, """{"message":"Hi.","stream":true}""");

        var text = string.Concat(events.Where(item => item.EventType == "content").Select(item => JsonElement.Parse(item.Data).Text("content")));
        Assert.Equal("A somewhat longer answer, in pieces. ✓", text);
        Assert.Equal(text, JsonElement.Parse(events[^1].Data).Text("reply"));
    }

    [Fact]
    public async Task Failing_model_ends_the_stream_with_an_error()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(400, "nonsense"));
        await using var service = await StartAsync(model);

        var events = await StreamAsync(service, """{"message":"Hi.","stream":true}""");

        Assert.Equal("error", events[^1].EventType);
        Assert.Equal("model_error", JsonElement.Parse(events[^1].Data).GetProperty("problem").Text("code"));
    }

    private static async Task<List<SseItem<string>>> StreamAsync(TestService service, string body, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return await SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    private Task<TestService> StartAsync(ScriptedModelServer model) => _tools.StartServiceAsync(
        ("OPENAI_BASE_URL", model.BaseUrl.ToString()), ("OPENAI_API_KEY", "test"), ("MODEL_NAME", "scripted"));
}
