using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace ToolService.Testing;

/// <summary>One answer of a <see cref="ScriptedModelServer"/>. An answer made of words or calls is streamed where the request asks for it.</summary>
public sealed record ScriptedReply
{
    private readonly ConcurrentDictionary<(IAnswerWriter Writer, bool Stream), byte[]> _bodies = new();
    private readonly Func<IAnswerWriter, bool, byte[]> _write;

    private ScriptedReply(Func<IAnswerWriter, bool, byte[]> write) => _write = write;

    /// <summary>The HTTP status. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The content type; null for the one that fits the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Sizes in bytes of the pieces that are written and flushed one by one, the last one repeated; empty for one piece.</summary>
    public IReadOnlyList<int> Pieces { get; init; } = [];

    /// <summary>After how many bytes of the body the connection is cut; null for never.</summary>
    public int? CutAfter { get; init; }

    /// <summary>The body, after what <see cref="CutAfter"/> says, or its beginning waits for this; null to go on at once.</summary>
    public Task? Release { get; init; }

    /// <summary>After how many bytes of the body <see cref="Release"/> is awaited. Default 0, before the headers.</summary>
    public int ReleaseAfter { get; init; }

    /// <summary>An answer in words.</summary>
    public static ScriptedReply Text(string text) => Message(text, []);

    /// <summary>Tool calls with their arguments as JSON text; ids are <c>call_1</c>, <c>call_2</c>, ….</summary>
    public static ScriptedReply Calls(params (string Name, string Arguments)[] calls) => Message(null, calls);

    /// <summary>Words and tool calls.</summary>
    public static ScriptedReply Message(string? text, IReadOnlyList<(string Name, string Arguments)> calls) =>
        new((writer, stream) => stream ? writer.Events(text, calls) : writer.Whole(text, calls));

    /// <summary>An error in OpenAI's format.</summary>
    public static ScriptedReply Error(int status, string message, params (string Name, string Value)[] headers)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { error = new { message, type = "error", code = (string?)null } });
        return new ScriptedReply((_, _) => body)
        {
            Status = status,
            ContentType = "application/json",
            Headers = headers.ToDictionary(header => header.Name, header => header.Value),
        };
    }

    /// <summary>These bytes, whatever was asked for.</summary>
    public static ScriptedReply Raw(string contentType, byte[] body) => new((_, _) => body) { ContentType = contentType };

    /// <summary>This text, whatever was asked for.</summary>
    public static ScriptedReply Raw(string contentType, string body) => Raw(contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>A stream of these chunks, each the JSON of one event, and <c>[DONE]</c>.</summary>
    public static ScriptedReply Chunks(params string[] chunks) =>
        Raw("text/event-stream", string.Concat(chunks.Append("[DONE]").Select(chunk => $"data: {chunk}\n\n")));

    internal byte[] Body(IAnswerWriter writer, bool stream) => _bodies.GetOrAdd((writer, stream), key => _write(key.Writer, key.Stream));

    internal string Type(bool stream) => ContentType ?? (stream ? "text/event-stream" : "application/json");
}
