using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolService.Testing;

/// <summary>Writes answers as OpenAI's responses endpoint does for a model that thinks: every answer begins with an encrypted thought.</summary>
internal sealed class ResponsesAnswer : IAnswerWriter
{
    public byte[] Whole(string? text, IReadOnlyList<(string Name, string Arguments)> calls) =>
        JsonSerializer.SerializeToUtf8Bytes(Response("completed", Items(text, calls)));

    public byte[] Events(string? text, IReadOnlyList<(string Name, string Arguments)> calls)
    {
        List<JsonObject> events = [Event("response.created", ("response", Response("in_progress", [])))];
        foreach (var (index, item) in Items(text, calls).Index())
        {
            events.Add(Event("response.output_item.added", ("output_index", index), ("item", Begun(item))));
            events.AddRange(item["type"]!.GetValue<string>() switch
            {
                "message" => Pieces("response.output_text.delta", index, item, text!, 8),
                "function_call" => Pieces("response.function_call_arguments.delta", index, item, item["arguments"]!.GetValue<string>(), 16),
                _ => [],
            });
            events.Add(Event("response.output_item.done", ("output_index", index), ("item", item)));
        }

        events.Add(Event("response.completed", ("response", Response("completed", Items(text, calls)))));
        var body = new StringBuilder();
        foreach (var data in events)
            body.Append("event: ").Append(data["type"]).Append("\ndata: ").Append(data.ToJsonString()).Append("\n\n");
        return Encoding.UTF8.GetBytes(body.ToString());
    }

    private static IEnumerable<JsonObject> Pieces(string type, int index, JsonObject item, string text, int size) => text.Chunk(size).Select(piece =>
        Event(type, ("item_id", item["id"]!.DeepClone()), ("output_index", index), ("delta", new string(piece))));

    private static JsonObject Event(string type, params (string Name, JsonNode? Value)[] members) =>
        new([KeyValuePair.Create<string, JsonNode?>("type", type), .. members.Select(member => KeyValuePair.Create(member.Name, member.Value))]);

    private static JsonObject Begun(JsonObject item)
    {
        var begun = item.DeepClone().AsObject();
        if (begun.ContainsKey("content"))
            begun["content"] = new JsonArray();
        if (begun.ContainsKey("arguments"))
            begun["arguments"] = "";
        return begun;
    }

    private static List<JsonObject> Items(string? text, IReadOnlyList<(string Name, string Arguments)> calls)
    {
        List<JsonObject> items = [new() { ["id"] = "rs_1", ["type"] = "reasoning", ["summary"] = new JsonArray(), ["encrypted_content"] = "thought" }];
        if (text is not null)
            items.Add(new()
            {
                ["id"] = "msg_1",
                ["type"] = "message",
                ["role"] = "assistant",
                ["status"] = "completed",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["annotations"] = new JsonArray(), ["text"] = text }),
            });
        items.AddRange(calls.Select((call, index) => new JsonObject
        {
            ["id"] = $"fc_{index + 1}",
            ["type"] = "function_call",
            ["status"] = "completed",
            ["call_id"] = $"call_{index + 1}",
            ["name"] = call.Name,
            ["arguments"] = call.Arguments,
        }));
        return items;
    }

    private static JsonObject Response(string status, IEnumerable<JsonObject> output) => new()
    {
        ["id"] = "resp_1",
        ["object"] = "response",
        ["created_at"] = 1_700_000_000,
        ["status"] = status,
        ["error"] = null,
        ["incomplete_details"] = null,
        ["model"] = "scripted",
        ["output"] = new JsonArray([.. output]),
        ["usage"] = status == "completed" ? new JsonObject { ["input_tokens"] = 10, ["output_tokens"] = 5, ["total_tokens"] = 15 } : null,
    };
}
