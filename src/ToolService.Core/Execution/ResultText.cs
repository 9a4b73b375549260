using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>A tool's result as text: whole for the history and the client, bounded for the model.</summary>
public static class ResultText
{
    /// <summary>The tool with which models read on in results that were cut for them.</summary>
    public const string ReadingTool = "read_tool_result";

    private const int LongestNote = 300;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the model reads of a call: the bounded result, or what went wrong as a JSON object.</summary>
    /// <param name="call">A call that has ended.</param>
    /// <param name="maxCharacters">The longest text; a longer one is cut and says so.</param>
    public static string ForModel(CallRecord call, int maxCharacters) =>
        call.Error is { } error ? Error(error) : Bound(Text(call.Result ?? "null"), call.CallId, maxCharacters);

    /// <summary>A text's beginning, with a note of how to read on.</summary>
    /// <param name="text">The text, or as much of it as there is.</param>
    /// <param name="length">The most characters to keep.</param>
    /// <param name="callId">The call whose result it is.</param>
    /// <param name="reason">What the note says of why it is cut; it gets the number of characters kept.</param>
    internal static string Cut(string text, int length, string callId, Func<int, string> reason)
    {
        var kept = TextBorder.Before(text, length);
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)}\n[{reason(kept)} {ReadOn(callId)}{kept}}}]");
    }

    /// <summary>Whether a text ends with a note of how to read on in this call's result.</summary>
    internal static bool IsCut(string text, string callId) =>
        text.EndsWith("}]", StringComparison.Ordinal)
        && text.AsSpan(Math.Max(0, text.Length - LongestNote)).Contains(ReadOn(callId), StringComparison.Ordinal);

    /// <summary>Serializes what a tool returned.</summary>
    /// <exception cref="ToolException">It is larger than <paramref name="maxBytes"/>.</exception>
    internal static string Serialize(object? value, int maxBytes)
    {
        if (value is string text && text.Length > maxBytes)
            throw TooLarge(maxBytes);

        using var buffer = new BoundedBuffer(maxBytes);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            JsonSerializer.Serialize(writer, value, ToolJson.Options);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    private static string Text(string json) =>
        json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : ToolContent.TryRead(json)?.Text() ?? json;

    private static string Bound(string text, string callId, int maxCharacters)
    {
        if (text.Length <= maxCharacters)
            return text;

        return Cut(text, maxCharacters, callId, kept => $"Cut: the first {kept:N0} of {text.Length:N0} characters.");
    }

    private static string ReadOn(string callId) => $$"""Read on with {{ReadingTool}}: {"call_id":"{{callId}}","offset":""";

    private static string Error(ToolError error)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", SnakeCaseNames<ToolErrorCode>.Of(error.Code));
            writer.WriteString("message", error.Message);
            writer.WriteBoolean("retryable", error.Retryable);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static ToolException TooLarge(int maxBytes) =>
        new($"The tool's result is larger than {maxBytes:N0} bytes, the most that is accepted. Ask for less.");

    /// <summary>Stops the serializer at the limit, so that a huge or endless result costs no more memory than an allowed one.</summary>
    private sealed class BoundedBuffer(int maxBytes) : IBufferWriter<byte>, IDisposable
    {
        private byte[] _buffer = ArrayPool<byte>.Shared.Rent(512);
        private int _length;

        public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

        public void Advance(int count)
        {
            _length += count;
            if (_length > maxBytes)
                throw TooLarge(maxBytes);
        }

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            var needed = _length + Math.Max(sizeHint, 256);
            if (needed > _buffer.Length)
            {
                // A hint may be a multiple of what is then written; only what is written counts against the limit.
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
                Written.CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }

            return _buffer.AsMemory(_length);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
    }
}
