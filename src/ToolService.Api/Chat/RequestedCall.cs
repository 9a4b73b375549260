using System.Text.Json;
using ToolService.Api.Hosting.Json;
using ToolService.Core.Execution;

namespace ToolService.Api.Chat;

/// <summary>A call as the model asks for it.</summary>
/// <param name="CallId">The call's id in the history.</param>
/// <param name="ToolName">The tool.</param>
/// <param name="Arguments">What the model wrote; text that is not JSON is a string.</param>
public sealed record RequestedCall(string CallId, string ToolName, RawJson Arguments)
{
    /// <summary>The call as it is on the wire.</summary>
    public static RequestedCall Of(ToolCall call) => new(call.Id, call.ToolName, new RawJson(AsJson(call.Arguments)));

    private static string AsJson(string text)
    {
        try
        {
            return JsonElement.Parse(text).GetRawText();
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(text, WireJsonContext.Default.String);
        }
    }
}
