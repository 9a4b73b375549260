using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.OpenApi.Reading;

/// <summary>Refuses JSON text that is malformed, ambiguous or too deep, and says in which line.</summary>
internal static class JsonCheck
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <exception cref="OpenApiException">It is.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AnyDepth);
        var objects = new Stack<HashSet<string>>();
        var spare = new Stack<HashSet<string>>();
        var values = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth > OpenApiLimits.MaxDepth)
                    throw At(json, reader.TokenStartIndex, $"The document nests deeper than {OpenApiLimits.MaxDepth} levels.");
                if (++values > OpenApiLimits.MaxValues)
                    throw new OpenApiException($"The document has more than {OpenApiLimits.MaxValues} names and values.");
                CheckToken(json, ref reader, objects, spare);
            }
        }
        catch (JsonException e)
        {
            throw new OpenApiException(
                "The document is no valid JSON: look for a comma or quote that is missing or too many.",
                $"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}");
        }
    }

    private static void CheckToken(
        ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Stack<HashSet<string>> objects, Stack<HashSet<string>> spare)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                objects.Push(spare.TryPop(out var used) ? used : new HashSet<string>(StringComparer.Ordinal));
                break;
            case JsonTokenType.EndObject:
                var names = objects.Pop();
                // Clearing costs as much as the largest object ever held, so only small ones are kept.
                if (names.Count > 100)
                    break;
                names.Clear();
                spare.Push(names);
                break;
            case JsonTokenType.PropertyName when Decode(json, ref reader) is var name && !objects.Peek().Add(name):
                throw At(json, reader.TokenStartIndex, $"'{JsonDisplay.Shorten(name)}' stands twice in the same object.");
            case JsonTokenType.String when reader.ValueIsEscaped:
                Decode(json, ref reader);
                break;
        }
    }

    private static string Decode(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw At(json, reader.TokenStartIndex, "A string has half a surrogate pair in it, which is no character.");
        }
    }

    private static OpenApiException At(ReadOnlySpan<byte> json, long position, string message) =>
        new(message, $"line {json[..(int)position].Count((byte)'\n') + 1}");
}
