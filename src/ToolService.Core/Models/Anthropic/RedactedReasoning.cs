using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Anthropic;

/// <summary>A thought that the provider gives out only encrypted, apart from one whose text it leaves out.</summary>
internal static class RedactedReasoning
{
    private const string Key = "redacted";

    public static TextReasoningContent Of(string data) => new("")
    {
        ProtectedData = data,
        AdditionalProperties = new AdditionalPropertiesDictionary { [Key] = true },
    };

    /// <summary>Whether it is one, also after it was read from the store.</summary>
    public static bool Is(TextReasoningContent reasoning) =>
        reasoning.AdditionalProperties?.GetValueOrDefault(Key) is true or JsonElement { ValueKind: JsonValueKind.True };
}
