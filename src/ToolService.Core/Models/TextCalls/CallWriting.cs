using System.Text.Json;

namespace ToolService.Core.Models.TextCalls;

/// <summary>Pieces of which formats write calls.</summary>
internal static class CallWriting
{
    /// <summary>A call as the object that most formats agree on.</summary>
    public static string Json(TextPiece.Call call, string name = "name", string arguments = "arguments") =>
        $$"""{"{{name}}": {{JsonText.Quote(call.Name)}}, "{{arguments}}": {{call.Arguments}}}""";

    /// <summary>Every call written by itself, one below the other.</summary>
    public static string Lines(IEnumerable<TextPiece.Call> calls, Func<TextPiece.Call, string> write) =>
        string.Join('\n', calls.Select(write));

    /// <summary>The arguments one by one; none if they are not an object.</summary>
    public static IEnumerable<JsonProperty> Members(TextPiece.Call call) =>
        JsonText.IsObject(call.Arguments) ? JsonElement.Parse(call.Arguments).EnumerateObject() : Enumerable.Empty<JsonProperty>();

    /// <summary>A value without quotes if it is text.</summary>
    public static string Plain(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
