using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Resilience;

/// <summary>
/// How many tokens a request will take, before the provider says it: its text at four characters each, and the longest answer it asks for.
/// </summary>
internal static class TokenEstimate
{
    private const int CharactersPerToken = 4;

    public static long Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var characters = messages.SelectMany(message => message.Contents).Sum(LengthOf) + (options?.Tools ?? []).Sum(LengthOf);
        return (characters / CharactersPerToken) + (options?.MaxOutputTokens ?? 0);
    }

    private static long LengthOf(AIContent content) => content switch
    {
        TextContent text => text.Text.Length,
        TextReasoningContent reasoning => reasoning.Text.Length,
        FunctionCallContent call => call.Name.Length + ToolCallArguments.ToText(call).Length,
        FunctionResultContent result => ToolResults.Text(result).Length,
        _ => 0,
    };

    private static long LengthOf(AITool tool) =>
        tool.Name.Length + tool.Description.Length + (tool is AIFunctionDeclaration function ? function.JsonSchema.GetRawText().Length : 0);
}
