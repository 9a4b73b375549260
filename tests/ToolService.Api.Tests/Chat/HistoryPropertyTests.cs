using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;
using ToolService.Api.Tests.Hosting;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>Whatever happens in a session, the model is sent what a strict provider takes.</summary>
public sealed class HistoryPropertyTests : IAsyncLifetime
{
    private readonly TestTools _tools = new();
    private readonly RecordingLogs _logs = new();
    private readonly ConcurrentQueue<ScriptedReply> _replies = new();
    private ScriptedModelServer _model = null!;
    private TestService _service = null!;
    private string[] _models = [];
    private int _turns;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(_ => _replies.TryDequeue(out var reply) ? reply : ScriptedReply.Text("So be it."));
        _service = await TestService.StartAsync(
            new Dictionary<string, string>
            {
                ["Models:Endpoints:scripted:BaseUrl"] = _model.BaseUrl.ToString(),
                ["Models:Endpoints:scripted:Model"] = "scripted",
                ["Models:Endpoints:scripted:MaxRetries"] = "0",
                ["Models:Endpoints:claude:Api"] = "Anthropic",
                ["Models:Endpoints:claude:BaseUrl"] = _model.BaseUrl.ToString(),
                ["Models:Endpoints:claude:Model"] = "claude",
                ["Models:Endpoints:claude:MaxRetries"] = "0",
                ["Models:Default"] = "scripted",
                ["Execution:ShutdownGrace"] = "00:00:00.1",
            },
            builder => builder.Logging.AddProvider(_logs));
        _tools.AddTo(_service);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Theory]
    [InlineData(40, "scripted")]
    [InlineData(20, "claude")]
    [InlineData(20, "scripted", "claude")]
    public void Every_request_is_one_that_a_strict_provider_takes(int tests, params string[] models) => Prop.ForAll(Arb.From(ChatScript.Turns()), async turns =>
    {
        _models = models;
        var before = _model.Requests.Count;
        _logs.Entries.Clear();
        var session = (await _service.Client.PostJsonAsync("/v1/chat/sessions", "{}", HttpStatusCode.Created)).Text("session_id");
        foreach (var turn in turns)
            await PlayAsync(session, turn);
        await SayAsync(session);
        await SayAsync(await CopyAsync(session));
        await SayAsync((await _service.Client.PostJsonAsync($"/v1/chat/sessions/{session}/fork", "{}", HttpStatusCode.Created)).Text("session_id"));

        var violations = _model.Requests.Skip(before)
            .SelectMany(request => Violations(request).Select(violation => $"{violation} in {request.Body}"));
        var warnings = _logs.Entries.Where(entry => entry.Message.Contains("broke a rule", StringComparison.Ordinal)).Select(entry => entry.Message);
        Assert.Empty(violations.Concat(warnings));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithEndSize(8));

    private static IReadOnlyList<string> Violations(RecordedRequest request) =>
        request.Path == "/v1/messages" ? StrictMessages.Violations(request.Json) : StrictChatCompletions.Violations(request.Json);

    // Each turn asks the next of the models.
    private string Message(string session, string message) =>
        $$"""{"session_id":"{{session}}","message":"{{message}}","model":"{{_models[_turns++ % _models.Length]}}"}""";

    private async Task PlayAsync(string session, ChatScript script)
    {
        _replies.Clear();
        foreach (var reply in script.Answers())
            _replies.Enqueue(reply);
        var chat = PostAsync("/v1/chat", Message(session, "Go."));
        if (script.IsCancelled)
            await CancelAsync(session, chat);

        for (var answer = await chat; answer.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.String && status.GetString() is { } word
            && word is "awaiting_confirmation" or "running"; answer = await _service.Client.GetJsonAsync($"/v1/chat/turns/{answer.Text("turn_id")}"))
        {
            if (script.IsInterrupted && word == "awaiting_confirmation")
            {
                await _service.RestartAsync();
                _tools.AddTo(_service);
            }

            await DecideAsync(answer, script.Decision);
        }
    }

    private async Task DecideAsync(JsonElement turn, string decision)
    {
        if (decision == "cancel")
            await PostAsync($"/v1/chat/turns/{turn.Text("turn_id")}/cancel", "");
        else
            foreach (var confirmation in turn.GetProperty("pending_confirmations").EnumerateArray())
                await PostAsync($"/v1/confirmations/{confirmation.Text("id")}", $$"""{"decision":"{{decision}}"}""");
    }

    private async Task CancelAsync(string session, Task<JsonElement> chat)
    {
        while (!chat.IsCompleted)
        {
            var found = await _service.Client.GetJsonAsync($"/v1/chat/sessions/{session}");
            if (!found.TryGetProperty("active_turn_id", out var turn))
                continue;
            await PostAsync($"/v1/chat/turns/{turn.GetString()}/cancel", "");
            return;
        }
    }

    private async Task SayAsync(string session)
    {
        _replies.Clear();
        var answer = await _service.Client.PostJsonAsync("/v1/chat", Message(session, "And now?"));
        Assert.Equal("So be it.", answer.Text("reply"));
    }

    private async Task<string> CopyAsync(string session)
    {
        var messages = await _service.Client.GetJsonAsync($"/v1/chat/sessions/{session}/messages?format=openai");
        var copy = await _service.Client.PostJsonAsync("/v1/chat/sessions", $$"""{"messages":{{messages.GetRawText()}}}""", HttpStatusCode.Created);
        var again = await _service.Client.GetJsonAsync($"/v1/chat/sessions/{copy.Text("session_id")}/messages?format=openai");
        Assert.Equal(messages.GetRawText(), again.GetRawText());
        return copy.Text("session_id");
    }

    /// <summary>An answer, whatever its status.</summary>
    private async Task<JsonElement> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _service.Client.PostAsync(path, content, Cancellation);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
    }
}
