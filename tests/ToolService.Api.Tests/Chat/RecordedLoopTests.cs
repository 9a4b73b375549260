using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public class RecordedLoopTests
{
    [Theory]
    [InlineData("openai-chat", "OpenAIChat", 40)]
    [InlineData("openai-responses", "OpenAIResponses", 30)]
    [InlineData("anthropic-messages", "Anthropic", 15)]
    public async Task Recorded_loop_comes_to_its_recorded_answer(string protocol, string api, int minimum)
    {
        var replies = new ConcurrentQueue<ScriptedReply>();
        await using var model = await ScriptedModelServer.StartAsync(_ => replies.TryDequeue(out var reply) ? reply : ScriptedReply.Error(400, "Over."));
        await using var service = await TestService.StartAsync(new Dictionary<string, string>
        {
            ["Models:Endpoints:recorded:Api"] = api,
            ["Models:Endpoints:recorded:BaseUrl"] = model.BaseUrl.ToString(),
            ["Models:Endpoints:recorded:Model"] = "recorded",
            ["Models:Default"] = "recorded",
            ["Execution:MaxResultCharacters"] = "1000000",
            // Calls with the same arguments have the recorded results in their order.
            ["Execution:MaxParallelPerBatch"] = "1",
        });
        var registry = service.Services.GetRequiredService<ToolRegistry>();
        // Some of the recorded tools have the names of built-in ones.
        registry.Replace(BuiltInTools.Source, []);
        List<string> differences = [];
        var loops = RecordedLoop.All(protocol);
        foreach (var loop in loops)
        {
            var before = model.Requests.Count;
            foreach (var reply in loop.Replies())
                replies.Enqueue(reply);
            registry.Replace("code", loop.Tools());

            var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

            if (turn.Text("status") != "completed" || turn.Text("reply") != loop.FinalText)
                differences.Add($"{loop.Conversation}: {turn.GetRawText()}");
            foreach (var (request, results) in model.Requests.Skip(before + 1).Zip(loop.Results))
                if (!ResultsIn(request.Json, protocol).TakeLast(results.Count).SequenceEqual(results))
                    differences.Add($"{loop.Conversation}: {request.Body}");
            replies.Clear();
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(loops.Count >= minimum, $"Only {loops.Count} loops were found.");
    }

    /// <summary>The results of calls that a request carries, in its order.</summary>
    private static IEnumerable<string> ResultsIn(JsonElement request, string protocol) => protocol switch
    {
        "openai-chat" => request.GetProperty("messages").EnumerateArray()
            .Where(message => message.Text("role") == "tool").Select(message => message.Text("content")),
        "openai-responses" => request.GetProperty("input").EnumerateArray()
            .Where(item => item.TryGetProperty("type", out var type) && type.ValueEquals("function_call_output")).Select(item => item.Text("output")),
        "anthropic-messages" =>
            from message in request.GetProperty("messages").EnumerateArray()
            where message.GetProperty("content").ValueKind is JsonValueKind.Array
            from block in message.GetProperty("content").EnumerateArray()
            where block.Text("type") == "tool_result"
            select block.GetProperty("content") is { ValueKind: JsonValueKind.Array } parts
                ? string.Concat(parts.EnumerateArray().Select(part => part.Text("text")))
                : block.Text("content"),
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "Not known."),
    };
}
