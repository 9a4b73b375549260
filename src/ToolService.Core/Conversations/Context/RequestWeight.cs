using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations.Context;

/// <summary>How many tokens the parts of a request are likely to have.</summary>
internal static class RequestWeight
{
    // What stands around a message, a call or a tool in the provider's own format.
    private const double Frame = 4;

    // An image costs by its size in pixels, not by its bytes.
    private const double Attachment = 1000;

    // Definitions are most of a short request, and the same in every one.
    private static readonly ConditionalWeakTable<AIFunctionDeclaration, StrongBox<double>> Tools = [];

    public static double Of(IEnumerable<ChatMessage> messages) => messages.Sum(Of);

    public static double Of(IEnumerable<AITool>? tools) =>
        tools?.OfType<AIFunctionDeclaration>().Sum(tool => Tools.GetValue(tool, Definition).Value) ?? 0;

    public static double Of(ChatMessage message) => Frame + message.Contents.Sum(Of);

    private static double Of(AIContent content) => content switch
    {
        TextContent text => TextWeight.Of(text.Text),
        FunctionCallContent call =>
            Frame + TextWeight.Of(call.CallId) + TextWeight.Of(call.Name) + TextWeight.Of(ToolCallArguments.ToText(call)),
        FunctionResultContent result => Frame + TextWeight.Of(result.CallId) + TextWeight.Of(ToolResults.Text(result)),
        TextReasoningContent reasoning => IsCarried(reasoning) ? TextWeight.Of(reasoning.Text) + TextWeight.Of(reasoning.ProtectedData) : 0,
        UsageContent => 0,
        _ => Attachment,
    };

    /// <summary>Whether a thought is sent back: others are for people to read.</summary>
    public static bool IsCarried(TextReasoningContent reasoning) => reasoning.AdditionalProperties is { Count: > 0 };

    private static StrongBox<double> Definition(AIFunctionDeclaration tool) =>
        new((2 * Frame) + TextWeight.Of(tool.Name) + TextWeight.Of(tool.Description) + TextWeight.Of(tool.JsonSchema.GetRawText()));
}
