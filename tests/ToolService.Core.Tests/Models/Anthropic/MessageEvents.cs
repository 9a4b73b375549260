using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Anthropic;

/// <summary>A stream's events, as the provider writes them.</summary>
internal static class MessageEvents
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public const string Start = """{"type":"message_start","message":{"id":"msg_1","model":"m","content":[],"usage":{"input_tokens":10,"output_tokens":1}}}""";
    public const string Stop = """{"type":"message_stop"}""";

    public static string Block(int index, string block) => $$"""{"type":"content_block_start","index":{{index}},"content_block":{{block}}}""";

    public static string Call(int index, string id, string name, string input = "{}") =>
        Block(index, $$"""{"type":"tool_use","id":"{{id}}","name":"{{name}}","input":{{input}}}""");

    public static string Delta(int index, string delta) => $$"""{"type":"content_block_delta","index":{{index}},"delta":{{delta}}}""";

    public static string Text(int index, string text) => Delta(index, $$"""{"type":"text_delta","text":{{JsonSerializer.Serialize(text)}}}""");

    public static string Input(int index, string json) => Delta(index, $$"""{"type":"input_json_delta","partial_json":{{JsonSerializer.Serialize(json)}}}""");

    public static string End(int index) => $$"""{"type":"content_block_stop","index":{{index}}}""";

    public static string Finish(string reason, string usage = """{"output_tokens":5}""") =>
        $$"""{"type":"message_delta","delta":{"stop_reason":"{{reason}}","stop_sequence":null},"usage":{{usage}}}""";

    /// <summary>These events with their names.</summary>
    public static string Body(params string[] events) =>
        string.Concat(events.Select(data => $"event: {JsonElement.Parse(data, Deep).GetProperty("type").GetString()}\ndata: {data}\n\n"));

    /// <summary>An answer of these events.</summary>
    public static ScriptedReply Reply(params string[] events) => ScriptedReply.Raw("text/event-stream", Body(events));
}
