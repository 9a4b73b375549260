using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>Models that write their calls into their text.</summary>
public sealed class TextCallTests
{
    private const string Call = "<tool_call>\n{\"name\": \"add_note\", \"arguments\": {\"text\": \"milk\"}}\n</tool_call>";

    private readonly TestTools _tools = new();

    [Theory]
    [InlineData("Text")]
    [InlineData("Native")]
    public async Task Call_in_the_text_runs_its_tool_and_is_never_shown(string toolCalling)
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text($"<think>A note, then.</think>I write it down.\n{Call}"), ScriptedReply.Text("It is noted."));
        await using var service = await _tools.StartServiceAsync(model, ("Models:Endpoints:scripted:ToolCalling", toolCalling));

        var events = await StreamAsync(service, """{"message":"Note milk.","stream":true}""");

        Assert.Equal(["milk"], _tools.Effects);
        var contents = events.Where(item => item.EventType == "content").Select(item => JsonElement.Parse(item.Data).GetProperty("content").GetString());
        Assert.Equal("I write it down.It is noted.", string.Concat(contents));
        Assert.Contains("tool_calls", events.Select(item => item.EventType));
        Assert.Contains("tool_result", events.Select(item => item.EventType));
        var done = JsonElement.Parse(events[^1].Data);
        Assert.Equal(("completed", "It is noted."), (done.GetProperty("status").GetString(), done.GetProperty("reply").GetString()));
    }

    [Fact]
    public async Task Prompted_model_is_given_the_result_as_text()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text(Call), ScriptedReply.Text("It is noted."));
        await using var service = await _tools.StartServiceAsync(model, ("Models:Endpoints:scripted:ToolCalling", "Text"));

        await StreamAsync(service, """{"message":"Note milk.","stream":true}""");

        var messages = JsonElement.Parse(model.Requests[1].Body).GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["system", "user", "assistant", "user"], messages.Select(message => message.GetProperty("role").GetString()));
        Assert.Contains("added milk", messages[3].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.All(model.Requests, request => Assert.False(JsonElement.Parse(request.Body).TryGetProperty("tools", out _)));
    }

    private static async Task<List<SseItem<string>>> StreamAsync(TestService service, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return await SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
