using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>Makes the rows of a JSON text.</summary>
internal static class JsonIndexer
{
    private static readonly JsonReaderOptions AnyDepth =
        new() { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static JsonIndex Index(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, AnyDepth);
        List<JsonRow> rows = [];
        Stack<(int Row, int Count)> open = [];
        while (reader.Read())
        {
            // A value in an array or at the root counts for its container; in an object the name does.
            if (reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject) && open.TryPeek(out var parent)
                && (reader.TokenType == JsonTokenType.PropertyName || rows[parent.Row].Kind == JsonTokenType.StartArray))
            {
                open.Pop();
                open.Push(parent with { Count = parent.Count + 1 });
            }

            Append(ref reader, rows, open);
        }

        return new JsonIndex(text.ToArray(), MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(rows)).ToArray(), 0);
    }

    private static void Append(ref Utf8JsonReader reader, List<JsonRow> rows, Stack<(int Row, int Count)> open)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                open.Push((rows.Count, 0));
                rows.Add(new JsonRow(reader.TokenType, start, 0));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                var (row, count) = open.Pop();
                rows[row] = new JsonRow(rows[row].Kind, rows[row].Start, count, rows: rows.Count - row);
                rows.Add(new JsonRow(reader.TokenType, start, 1));
                break;
            case JsonTokenType.String or JsonTokenType.PropertyName:
                rows.Add(new JsonRow(reader.TokenType, start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped));
                break;
            default:
                rows.Add(new JsonRow(reader.TokenType, start, reader.ValueSpan.Length));
                break;
        }
    }
}
