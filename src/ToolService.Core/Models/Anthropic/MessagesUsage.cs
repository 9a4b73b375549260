using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Anthropic;

/// <summary>The usage at a message's start, overlaid by what is told at its end.</summary>
internal sealed class MessagesUsage
{
    private const string CacheCreation = "cache_creation_input_tokens";
    private long? _input;
    private long? _cacheRead;
    private long? _cacheCreation;
    private long? _output;
    private long? _thinking;
    private bool _isTold;

    public void Overlay(JsonElement usage)
    {
        if (usage.ValueKind is not JsonValueKind.Object)
            return;

        _isTold = true;
        _input = usage.Number("input_tokens") ?? _input;
        _cacheRead = usage.Number("cache_read_input_tokens") ?? _cacheRead;
        _cacheCreation = usage.Number(CacheCreation) ?? _cacheCreation;
        _output = usage.Number("output_tokens") ?? _output;
        _thinking = usage.Member("output_tokens_details").Number("thinking_tokens") ?? _thinking;
    }

    /// <summary>
    /// The sums; null where nothing was told. Anthropic's <c>input_tokens</c> are those that the cache had no part in. Here they are all
    /// that the model read, as with every other provider: limits and the context window go by that.
    /// </summary>
    public UsageDetails? Details() => !_isTold ? null : new UsageDetails
    {
        InputTokenCount = Input,
        OutputTokenCount = _output,
        TotalTokenCount = Input + _output,
        CachedInputTokenCount = _cacheRead,
        ReasoningTokenCount = _thinking,
        AdditionalCounts = _cacheCreation is { } creation ? new AdditionalPropertiesDictionary<long> { [CacheCreation] = creation } : null,
    };

    private long? Input => _input + (_cacheRead ?? 0) + (_cacheCreation ?? 0);
}
