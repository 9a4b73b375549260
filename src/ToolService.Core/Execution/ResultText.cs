using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>A tool's result as text: whole for the history and the client, bounded for the model.</summary>
public static class ResultText
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the model reads of a call: the bounded result, or what went wrong as a JSON object.</summary>
    /// <param name="call">A call that has ended.</param>
    /// <param name="maxCharacters">The longest text; a longer one is cut and says so.</param>
    public static string ForModel(CallRecord call, int maxCharacters) =>
        call.Error is { } error ? Error(error) : Bound(Unquote(call.Result ?? "null"), call.CallId, maxCharacters);

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

    private static string Unquote(string json) => json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : json;

    private static string Bound(string text, string callId, int maxCharacters)
    {
        if (text.Length <= maxCharacters)
            return text;

        var length = char.IsHighSurrogate(text[maxCharacters - 1]) ? maxCharacters - 1 : maxCharacters;
        return $"{text[..length]}\n[Cut: the first {length:N0} of {text.Length:N0} characters. The whole result is in the history as {callId}.]";
    }

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
