using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIChat;

internal static class ChatUsage
{
    public static UsageDetails? Read(JsonElement usage) => usage.ValueKind is not JsonValueKind.Object ? null : new UsageDetails
    {
        InputTokenCount = usage.Number("prompt_tokens"),
        OutputTokenCount = usage.Number("completion_tokens"),
        TotalTokenCount = usage.Number("total_tokens"),
        CachedInputTokenCount = usage.Member("prompt_tokens_details").Number("cached_tokens"),
        ReasoningTokenCount = usage.Member("completion_tokens_details").Number("reasoning_tokens"),
    };
}
