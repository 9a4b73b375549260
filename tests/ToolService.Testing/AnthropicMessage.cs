using System.Text;
using System.Text.Json;

namespace ToolService.Testing;

/// <summary>Writes answers as Anthropic does.</summary>
internal sealed class AnthropicMessage : IAnswerWriter
{
    private const string Id = "msg_1";
    private const string Model = "scripted";
    private const int InputTokens = 10;
    private const int OutputTokens = 5;

    public byte[] Whole(string? text, IReadOnlyList<(string Name, string Arguments)> calls)
    {
        List<object> content = text is null ? [] : [new { type = "text", text }];
        content.AddRange(calls.Select((call, index) => new
        {
            type = "tool_use",
            id = CallId(index),
            name = call.Name,
            input = JsonElement.Parse(call.Arguments.Length == 0 ? "{}" : call.Arguments),
        }));
        return JsonSerializer.SerializeToUtf8Bytes(Message(content, StopReason(calls), OutputTokens));
    }

    public byte[] Events(string? text, IReadOnlyList<(string Name, string Arguments)> calls)
    {
        List<(string Type, object Data)> events =
            [("message_start", new { type = "message_start", message = Message([], stopReason: null, outputTokens: 1) }), ("ping", new { type = "ping" })];
        if (text is not null)
            AddBlock(events, 0, new { type = "text", text = "" }, text.Chunk(8).Select(object (part) => new { type = "text_delta", text = new string(part) }));
        for (var i = 0; i < calls.Count; i++)
            AddBlock(
                events,
                i + (text is null ? 0 : 1),
                new { type = "tool_use", id = CallId(i), name = calls[i].Name, input = new { } },
                calls[i].Arguments.Chunk(16).Select(object (part) => new { type = "input_json_delta", partial_json = new string(part) }));

        events.Add(("message_delta", new
        {
            type = "message_delta",
            delta = new { stop_reason = StopReason(calls), stop_sequence = (string?)null },
            usage = new { output_tokens = OutputTokens },
        }));
        events.Add(("message_stop", new { type = "message_stop" }));
        var body = new StringBuilder();
        foreach (var (type, data) in events)
            body.Append("event: ").Append(type).Append("\ndata: ").Append(JsonSerializer.Serialize(data)).Append("\n\n");
        return Encoding.UTF8.GetBytes(body.ToString());
    }

    private static void AddBlock(List<(string Type, object Data)> events, int index, object block, IEnumerable<object> deltas)
    {
        events.Add(("content_block_start", new { type = "content_block_start", index, content_block = block }));
        events.AddRange(deltas.Select(delta => ("content_block_delta", (object)new { type = "content_block_delta", index, delta })));
        events.Add(("content_block_stop", new { type = "content_block_stop", index }));
    }

    private static object Message(IReadOnlyList<object> content, string? stopReason, int outputTokens) => new
    {
        id = Id,
        type = "message",
        role = "assistant",
        model = Model,
        content,
        stop_reason = stopReason,
        stop_sequence = (string?)null,
        usage = new { input_tokens = InputTokens, output_tokens = outputTokens },
    };

    private static string CallId(int index) => $"call_{index + 1}";

    private static string StopReason(IReadOnlyList<(string Name, string Arguments)> calls) => calls.Count == 0 ? "end_turn" : "tool_use";
}
