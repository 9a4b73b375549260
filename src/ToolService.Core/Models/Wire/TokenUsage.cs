using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Wire;

/// <summary>Reads the tokens that an answer took.</summary>
internal static class TokenUsage
{
    /// <summary>The usage; null where there is none.</summary>
    /// <param name="usage">The provider's object.</param>
    /// <param name="input">How it calls what was read: <c>prompt</c> or <c>input</c>.</param>
    /// <param name="output">How it calls what was written: <c>completion</c> or <c>output</c>.</param>
    public static UsageDetails? Read(JsonElement usage, string input, string output) => usage.ValueKind is not JsonValueKind.Object ? null : new UsageDetails
    {
        InputTokenCount = usage.Number($"{input}_tokens"),
        OutputTokenCount = usage.Number($"{output}_tokens"),
        TotalTokenCount = usage.Number("total_tokens"),
        CachedInputTokenCount = usage.Member($"{input}_tokens_details").Number("cached_tokens"),
        ReasoningTokenCount = usage.Member($"{output}_tokens_details").Number("reasoning_tokens"),
    };
}
