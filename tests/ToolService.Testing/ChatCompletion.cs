using System.Text;
using System.Text.Json;

namespace ToolService.Testing;

/// <summary>Writes answers as OpenAI does.</summary>
internal sealed class ChatCompletion : IAnswerWriter
{
    private const string Id = "chatcmpl-1";
    private const string Model = "scripted";
    private const long Created = 1_700_000_000;

    public byte[] Whole(string? text, IReadOnlyList<(string Name, string Arguments)> calls) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = Id,
        @object = "chat.completion",
        created = Created,
        model = Model,
        choices = new[]
        {
            new
            {
                index = 0,
                message = new { role = "assistant", content = text, tool_calls = calls.Count == 0 ? null : calls.Select(WholeCall) },
                finish_reason = FinishReason(calls),
            },
        },
        usage = Usage(),
    });

    public byte[] Events(string? text, IReadOnlyList<(string Name, string Arguments)> calls)
    {
        List<object> chunks = [Chunk(new { role = "assistant", content = "" })];
        chunks.AddRange((text ?? "").Chunk(8).Select(part => Chunk(new { content = new string(part) })));
        for (var i = 0; i < calls.Count; i++)
        {
            var (index, name) = (i, calls[i].Name);
            chunks.Add(Chunk(new
            {
                tool_calls = new[] { new { index, id = $"call_{index + 1}", type = "function", function = new { name, arguments = "" } } },
            }));
            chunks.AddRange(calls[i].Arguments.Chunk(16).Select(part =>
                Chunk(new { tool_calls = new[] { new { index, function = new { arguments = new string(part) } } } })));
        }

        chunks.Add(Chunk(new { }, FinishReason(calls)));
        chunks.Add(new { id = Id, @object = "chat.completion.chunk", created = Created, model = Model, choices = Array.Empty<object>(), usage = Usage() });
        var body = new StringBuilder();
        foreach (var chunk in chunks)
            body.Append("data: ").Append(JsonSerializer.Serialize(chunk)).Append("\n\n");
        return Encoding.UTF8.GetBytes(body.Append("data: [DONE]\n\n").ToString());
    }

    private static object WholeCall((string Name, string Arguments) call, int index) =>
        new { id = $"call_{index + 1}", type = "function", function = new { name = call.Name, arguments = call.Arguments } };

    private static object Chunk(object delta, string? finishReason = null) => new
    {
        id = Id,
        @object = "chat.completion.chunk",
        created = Created,
        model = Model,
        choices = new[] { new { index = 0, delta, finish_reason = finishReason } },
    };

    private static string FinishReason(IReadOnlyList<(string Name, string Arguments)> calls) => calls.Count == 0 ? "stop" : "tool_calls";

    private static object Usage() => new { prompt_tokens = 10, completion_tokens = 5, total_tokens = 15 };
}
