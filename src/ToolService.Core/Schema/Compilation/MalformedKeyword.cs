using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>The refusal of a keyword whose value cannot be what it is.</summary>
internal static class MalformedKeyword
{
    /// <param name="pointer">Where the schema stands that has the keyword.</param>
    /// <param name="keyword">Its name.</param>
    /// <param name="expected">What its value must be.</param>
    /// <param name="value">What its value is.</param>
    public static JsonSchemaException In(string pointer, string keyword, string expected, JsonElement value) =>
        new(JsonPointer.Append(pointer, keyword), $"'{keyword}' must be {expected}, got {JsonDisplay.Describe(value)}.");
}
