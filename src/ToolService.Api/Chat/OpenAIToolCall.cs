using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

/// <summary>A call in the form of OpenAI's chat completions.</summary>
/// <param name="Id">The id by which its result names it.</param>
/// <param name="Type"><c>function</c>.</param>
/// <param name="Function">What is called.</param>
public sealed record OpenAIToolCall(string Id, string Type, OpenAIFunction Function)
{
    /// <summary>The only type of calls there is.</summary>
    internal const string FunctionType = "function";

    /// <summary>The call as it is on the wire.</summary>
    public static OpenAIToolCall Of(TranscriptCall call) => new(call.Id, FunctionType, new OpenAIFunction(call.Name, call.Arguments));
}
