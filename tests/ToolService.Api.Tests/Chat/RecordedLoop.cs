using System.Text.Json;
using ToolService.Core.Tests;
using ToolService.Core.Tools;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>A conversation that was recorded between a real model and its client's tools: answers with calls, their results, the last answer.</summary>
internal sealed class RecordedLoop
{
    private static readonly string Root = SharedData.Folder("provider-streams");
    private readonly List<JsonElement> _steps;

    private RecordedLoop(string conversation, JsonElement loop)
    {
        Conversation = conversation;
        _steps = [.. loop.EnumerateArray()];
    }

    /// <summary>Where it comes from.</summary>
    public string Conversation { get; }

    /// <summary>What the model answered in the end.</summary>
    public string FinalText => _steps[^1].Text("final_text");

    /// <summary>The results of each round, in the order of the calls.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Results => [.. _steps.SkipLast(1).Select(step => CallsOf(step).Select(TextOf).ToList())];

    /// <summary>Everything that can be replayed and was recorded in one wire format.</summary>
    public static IReadOnlyList<RecordedLoop> All(string protocol) =>
    [
        .. from line in File.ReadLines(Path.Combine(Root, "conversations.jsonl"))
           let conversation = JsonElement.Parse(line)
           where conversation.GetProperty("replayable").GetBoolean()
           where conversation.GetProperty("protocol").EnumerateArray().All(name => name.ValueEquals(protocol))
           from loop in conversation.GetProperty("loops").EnumerateArray()
           select new RecordedLoop(conversation.Text("conversation"), loop),
    ];

    /// <summary>The model's answers, byte by byte as they were recorded.</summary>
    public IEnumerable<ScriptedReply> Replies() => _steps.Select(step =>
    {
        var folder = Path.Combine(Root, "cases", step.Text("case"));
        var meta = JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "meta.json")));
        var type = meta.GetProperty("content_type").GetString() is { Length: > 0 } known ? known : "application/json";
        return ScriptedReply.Raw(type, File.ReadAllBytes(Path.Combine(folder, meta.Text("response_file"))));
    });

    /// <summary>Tools that answer as the recorded ones did.</summary>
    public IEnumerable<Tool> Tools() =>
        from step in _steps.SkipLast(1)
        from call in CallsOf(step)
        group call by call.Text("name") into calls
        select new Tool(new RecordedTool(calls.Key, calls.Select(call => (ArgumentsOf(call), TextOf(call)))));

    private static JsonElement.ArrayEnumerator CallsOf(JsonElement step) => step.GetProperty("tool_results").EnumerateArray();

    private static JsonElement ArgumentsOf(JsonElement call) =>
        call.GetProperty("arguments") is { ValueKind: JsonValueKind.Object } arguments ? arguments : JsonElement.Parse("{}");

    private static string TextOf(JsonElement call) => call.GetProperty("content") is { ValueKind: JsonValueKind.Array } parts
        ? string.Concat(parts.EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : part.GetRawText()))
        : call.Text("content");
}
