using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Refuses documents that recursion over them could not survive.</summary>
internal static class SchemaDepth
{
    private static readonly JsonReaderOptions AnyDepth =
        new() { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="JsonSchemaException">The document nests deeper than <see cref="SchemaLimits.MaxSchemaDepth"/>.</exception>
    public static void Check(JsonElement document, string pointer)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(document), AnyDepth);
        while (reader.Read())
        {
            if (reader.CurrentDepth > SchemaLimits.MaxSchemaDepth)
                throw new JsonSchemaException(pointer, $"The schema nests deeper than {SchemaLimits.MaxSchemaDepth} levels.");
        }
    }
}
